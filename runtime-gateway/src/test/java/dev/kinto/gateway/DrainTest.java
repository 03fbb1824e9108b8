package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.SecretHash;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load (contract C42). */
@DisabledOnOs(OS.WINDOWS)
class DrainTest {
  private static final int CALLERS = 8;
  private static final String REQUEST = "GET /web/shop/see HTTP/1.1\r\nHost: h\r\n\r\n";

  @TempDir Path folder;

  /**
   * Clients call without a pause on kept connections. Each request on them is answered; the last
   * answer on a connection says that it is the last one, and whoever connects anew in time is
   * served as well.
   */
  @Test
  void sigtermLosesNoRequest() throws Exception {
    try (RawUpstream upstream = RawUpstream.start()) {
      Path file = configuration(upstream, "");
      try (KintoProcess process = KintoProcess.serve(folder, file);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        process.address("api");
        URI open = process.address("public");
        AtomicInteger answers = new AtomicInteger();
        List<Future<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          callers.add(threads.submit(caller(open, answers)));
        }
        while (answers.get() < 50 * CALLERS) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        process.signal("TERM");
        int last = 0;
        for (Future<Integer> caller : callers) {
          last += caller.get(60, TimeUnit.SECONDS);
        }
        assertTrue(last >= CALLERS, "answers that ended their connections: " + last);
        assertEquals(0, process.exitCode(), process.err());
      }
    }
  }

  /** What connects anew while a load balancer has not seen yet that the gateway stops. */
  @Test
  void newConnectionsAreServedForTheDelay() throws Exception {
    try (RawUpstream upstream = RawUpstream.start();
        KintoProcess process =
            KintoProcess.serve(folder, configuration(upstream, "drain: { delay: PT10M }"))) {
      process.address("api");
      URI open = process.address("public");
      try (RawClient client = RawClient.to(open)) {
        assertEquals(Optional.empty(), client.exchange(REQUEST).header("connection"));
      }
      process.signal("TERM");
      boolean drains = false;
      while (!drains) {
        try (RawClient client = RawClient.to(open)) {
          drains =
              client.exchange(REQUEST).header("connection").filter("close"::equals).isPresent();
        }
      }
      try (RawClient client = RawClient.to(open)) {
        assertEquals(200, client.exchange(REQUEST).status());
      }
    }
  }

  private Path configuration(RawUpstream upstream, String more) throws IOException {
    Files.writeString(
        folder.resolve("shop.json"), TestManifest.of("shop").route("GET /see").build().toJson());
    return Files.writeString(
        folder.resolve("kinto.yaml"),
        """
        listeners: { api: { port: 0 }, public: { port: 0 } }
        environments:
          demo:
            services:
              shop: { manifest: shop.json, upstreams: [ "%s" ], public: all }
        clients:
          - { id: web, environment: demo, secretHash: "%s" }
        %s
        """
            .formatted(upstream.uri(), SecretHash.of("s"), more));
  }

  /** Calls until nobody listens any more; gives how many answers said that they are the last. */
  private static Callable<Integer> caller(URI address, AtomicInteger answers) {
    return () -> {
      int last = 0;
      while (true) {
        RawClient client;
        try {
          client = RawClient.to(address);
        } catch (ConnectException e) {
          return last;
        }
        try (client) {
          int onThisConnection = 0;
          for (boolean kept = true; kept; onThisConnection++) {
            RawAnswer answer;
            try {
              answer = client.exchange(REQUEST);
            } catch (IOException e) {
              if (onThisConnection == 0) {
                return last; // Connected at the moment in which the listener went: nobody took it.
              }
              throw new AssertionError("request " + onThisConnection + " was not answered", e);
            }
            assertEquals(200, answer.status(), answer.toString());
            answers.incrementAndGet();
            kept = answer.header("connection").filter("close"::equals).isEmpty();
          }
          last++;
        }
      }
    };
  }
}
