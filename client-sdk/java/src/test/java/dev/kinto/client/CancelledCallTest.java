package dev.kinto.client;

import static dev.kinto.client.FakeGateway.problem;
import static dev.kinto.client.KintoClientTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling, time limits and interruption reach a call that waits for a token (C39). */
@Timeout(120)
final class CancelledCallTest {
  private static final int CALLS = 70;

  @AutoClose private final FakeGateway gateway = new FakeGateway();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch authAnswers = new CountDownLatch(1);

  CancelledCallTest() {
    gateway.auth =
        request -> {
          asked.countDown();
          FakeGateway.awaitQuietly(authAnswers);
          return null;
        };
  }

  @AfterEach
  void stop() {
    authAnswers.countDown();
  }

  @Test
  void cancelledCallDoesNotWaitForTheSlowStoreOfAnother() throws Exception {
    authAnswers.countDown();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    TokenStore slow =
        new TokenStore() {
          @Override
          public Optional<String> load() {
            reading.countDown();
            FakeGateway.awaitQuietly(read);
            return Optional.empty();
          }

          @Override
          public void save(String token) {}

          @Override
          public void clear() {}
        };
    KintoClient kinto = gateway.client().tokenStore(slow).build();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> first = threads.submit(() -> get(kinto, "a/x"));
      reading.await();
      OkHttpClient hurried = kinto.http().newBuilder().callTimeout(Duration.ofMillis(50)).build();
      assertThrows(
          InterruptedIOException.class, () -> hurried.newCall(request(kinto)).execute().close());
      read.countDown();
      assertEquals("hello", first.get());
    }
  }

  /** The one that asks for the token among them. What it asked for serves the calls after it. */
  @Test
  void cancelledCallsHoldNoThreadWhileTheTokenIsAskedFor() throws Exception {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequestsPerHost(CALLS);
    dispatcher.setMaxRequests(CALLS);
    CountDownLatch idle = new CountDownLatch(1);
    dispatcher.setIdleCallback(idle::countDown);
    OkHttpClient application = new OkHttpClient.Builder().dispatcher(dispatcher).build();
    KintoClient kinto = gateway.client().http(application).build();
    CountDownLatch ended = new CountDownLatch(CALLS);
    List<String> failures = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Call call = kinto.http().newCall(request(kinto));
      calls.add(call);
      call.enqueue(
          new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
              synchronized (failures) {
                failures.add(e.getMessage());
              }
              ended.countDown();
            }

            @Override
            public void onResponse(Call answered, Response response) {
              response.close();
              ended.countDown();
            }
          });
    }
    asked.await();
    calls.forEach(Call::cancel);
    ended.await();
    assertEquals(CALLS, failures.stream().filter("Canceled"::equals).count(), failures::toString);
    idle.await();

    authAnswers.countDown();
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(List.of("POST /auth", "GET /a/x token-1"), gateway.calls());
    dispatcher.executorService().shutdown();
  }

  @Test
  void timeLimitOfACallEndsItsWait() {
    OkHttpClient hasty = new OkHttpClient.Builder().callTimeout(Duration.ofMillis(100)).build();
    KintoClient kinto = gateway.client().http(hasty).build();
    assertThrows(InterruptedIOException.class, () -> get(kinto, "a/x"));
    assertEquals(0, gateway.count("GET /a/x token-1"));
  }

  @Test
  void interruptionEndsTheWaitOfItsThreadOnly() throws Exception {
    KintoClient kinto = gateway.client().build();
    AtomicInteger interrupted = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              assertThrows(InterruptedIOException.class, () -> get(kinto, "a/x"));
              assertTrue(Thread.currentThread().isInterrupted());
              interrupted.incrementAndGet();
            });
    caller.start();
    asked.await();
    caller.interrupt();
    caller.join();
    assertEquals(1, interrupted.get());
    authAnswers.countDown();
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(1, gateway.count("POST /auth"));
  }

  @Test
  void cancelledCallStopsWaitingForALoginsAnswer() throws Exception {
    authAnswers.countDown();
    KintoClient kinto = gateway.client().build();
    CountDownLatch slowIsThere = new CountDownLatch(1);
    CountDownLatch slowEnds = new CountDownLatch(1);
    gateway.microservice =
        request -> {
          if (request.target().equals("/a/slow")) {
            slowIsThere.countDown();
            FakeGateway.awaitQuietly(slowEnds);
          }
          return problem(401, "token-replaced");
        };
    Thread slow = new Thread(() -> assertThrows(IOException.class, () -> get(kinto, "a/slow")));
    slow.start();
    slowIsThere.await();
    Call call = kinto.http().newCall(request(kinto));
    Thread canceller =
        new Thread(
            () -> {
              while (gateway.count("GET /a/x token-1") == 0) {
                Thread.onSpinWait();
              }
              call.cancel();
            });
    canceller.start();
    assertThrows(IOException.class, call::execute);
    canceller.join();
    slowEnds.countDown();
    slow.interrupt();
    slow.join();
  }

  private static Request request(KintoClient kinto) {
    return new Request.Builder().url(kinto.url("a/x")).build();
  }
}
