package dev.kinto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kinto.client.KintoClient;
import dev.kinto.examples.auth.AuthService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application logs in again and again while ten of its threads call with whatever token there
 * is: each login kills the token that they have in hand, and none loses its session (contract C25,
 * C39).
 */
final class LoginsBesidePollersTest {
  private static final int LOGINS = 1000;
  private static final int POLLERS = 10;
  private static final MediaType JSON = MediaType.get("application/json");

  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void noLoginLosesItsSession(@TempDir Path folder) throws Exception {
    try (RunningService auth = new RunningService(AuthService.routes());
        RunningGateway gateway =
            RunningGateway.start(
                folder,
                Map.of("auth", new RunningGateway.Service(AuthService.manifest(), auth.url())));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      KintoClient kinto =
          KintoClient.builder(gateway.api(), RunningGateway.CLIENT, RunningGateway.SECRET)
              .onSessionLost(lost::incrementAndGet)
              .build();
      assertEquals(200, logIn(kinto));
      List<Future<Integer>> pollers = new ArrayList<>();
      for (int i = 0; i < POLLERS; i++) {
        pollers.add(threads.submit(() -> poll(kinto)));
      }
      try {
        for (int i = 0; i < LOGINS; i++) {
          assertEquals(200, logIn(kinto), "login " + i);
          assertEquals(200, me(kinto), "after login " + i);
        }
      } finally {
        over.set(true);
      }
      for (Future<Integer> poller : pollers) {
        assertEquals(0, poller.get(), "calls that were not answered with 200");
      }
      assertEquals(0, lost.get(), "sessions lost");
    }
  }

  private int poll(KintoClient kinto) throws IOException {
    int failed = 0;
    while (!over.get()) {
      failed += me(kinto) == 200 ? 0 : 1;
    }
    return failed;
  }

  private static int me(KintoClient kinto) throws IOException {
    return status(kinto, new Request.Builder().url(kinto.url("auth/me")).build());
  }

  private static int logIn(KintoClient kinto) throws IOException {
    RequestBody body = RequestBody.create("{\"username\":\"Ada\",\"password\":\"lovelace\"}", JSON);
    return status(kinto, new Request.Builder().url(kinto.url("auth/login")).post(body).build());
  }

  private static int status(KintoClient kinto, Request request) throws IOException {
    try (Response response = kinto.http().newCall(request).execute()) {
      response.body().bytes();
      return response.code();
    }
  }
}
