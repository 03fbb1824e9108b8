package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that are replaced, as applications meet them (contract C23, C28). */
class RotationOverHttpTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int WRITERS = 40;

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) -> {
            TestManifest auth =
                TestManifest.of("auth").route("POST /login").writes("auth-userId").rotatesToken();
            auth.route("GET /me").reads("auth-userId");
            auth.route("GET /all");
            for (int i = 0; i < WRITERS; i++) {
              auth.mayRead("auth-f" + i);
            }
            auth.route("POST /set");
            for (int i = 0; i < WRITERS; i++) {
              auth.writes("auth-f" + i);
            }
            config.service(auth.build(), upstream.uri());
          });

  private static final RawUpstream upstream = gateway.upstream();

  private static RawAnswer logIn(String token) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 0\r\n\r\n");
    return gateway.send("POST /auth/login", token);
  }

  private static String rotated(String token) throws IOException {
    RawAnswer answer = gateway.send("PUT /auth", token);
    assertEquals(200, answer.status(), answer.toString());
    assertEquals(Optional.of("no-store"), answer.header("cache-control"));
    return answer.json().path("token").stringValue();
  }

  private static void assertServes(String token) throws IOException {
    assertEquals(200, gateway.get("/auth/all", token).status());
  }

  private static void assertReplaced(String token) throws IOException {
    for (String request : List.of("GET /auth/all", "GET /auth", "PUT /auth", "DELETE /auth")) {
      RawAnswer answer = gateway.send(request, token);
      assertEquals("token-replaced", answer.code(), request + ": " + answer);
    }
  }

  /** C28: session fixation: who planted his own token on somebody does not get into his session. */
  @Test
  void aTokenFromBeforeTheLoginIsDeadAtOnce() throws IOException {
    String planted = gateway.token();
    RawAnswer login = logIn(planted);
    String victims = login.header("kinto-token").orElseThrow();

    assertReplaced(planted);
    assertEquals(200, gateway.get("/auth/me", victims).status());
    assertEquals(List.of("7"), upstream.received().getLast().all("auth-userid"));
  }

  /**
   * C28: nor does he by a slow call that he began before. What it sets is not saved, and its answer
   * says so.
   */
  @Test
  void aCallWithTheTokenFromBeforeTheLoginWritesNothing() throws Exception {
    String planted = gateway.token();
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch loggedIn = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          called.countDown();
          try {
            loggedIn.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          connection.send("HTTP/1.1 200 OK\r\nauth-f0: evil\r\nContent-Length: 0\r\n\r\n");
        });
    try (RawClient attacker = gateway.connect()) {
      attacker.send(request("POST /auth/set", bearer(planted)));
      called.await();
      String victims = logIn(planted).header("kinto-token").orElseThrow();
      loggedIn.countDown();

      RawAnswer answer = attacker.read();
      assertEquals("token-replaced", answer.code(), answer.toString());
      assertTrue(answer.json().path("upstreamCalled").booleanValue(), answer.toString());
      upstream.reset();
      gateway.get("/auth/all", victims);
      assertEquals(List.of(), upstream.take().all("auth-f0"));
    }
  }

  @Test
  void aLoginThatFailsReplacesNothing() throws IOException {
    String token = gateway.token();
    upstream.answers("HTTP/1.1 403 No\r\nauth-userId: 7\r\nContent-Length: 0\r\n\r\n");
    assertEquals(Optional.empty(), gateway.send("POST /auth/login", token).header("kinto-token"));
    upstream.reset();
    assertServes(token);
    assertEquals("session-field-required", gateway.get("/auth/me", token).code());
  }

  /** C28: for calls only, and for the grace time only. */
  @Test
  void theTokenBeforeServesCallsForTheGraceTime() throws IOException {
    String before = gateway.token();
    String after = rotated(before);
    assertNotEquals(before, after);
    assertServes(after);

    assertServes(before);
    assertEquals("token-replaced", gateway.send("DELETE /auth", before).code());
    gateway.clock().advance(GRACE.minusMillis(1));
    assertServes(before);
    gateway.clock().advance(Duration.ofMillis(1));
    assertReplaced(before);
    assertServes(after);
  }

  /** C28: the answer of the first PUT never arrived, so its token was never used. */
  @Test
  void aLostAnswerToPutIsMendedByAnotherPut() throws IOException {
    String token = gateway.token();
    String lost = rotated(token);
    String arrived = rotated(token);

    assertReplaced(lost);
    assertServes(token);
    assertServes(arrived);
    assertEquals(
        "token-replaced", gateway.send("PUT /auth", token).code(), "its successor was used");
    assertServes(arrived);
  }

  /** C28: two at once are a lost answer for one of them; the session is never lost. */
  @Test
  void ofTwoPutsAtOnceOneTokenLives() throws Exception {
    for (int round = 0; round < 10; round++) {
      String token = logIn(gateway.token()).header("kinto-token").orElseThrow();
      upstream.reset();
      CyclicBarrier together = new CyclicBarrier(2);
      Callable<String> put =
          () -> {
            together.await();
            return rotated(token);
          };
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<String> one = threads.submit(put);
        Future<String> other = threads.submit(put);
        List<Integer> statuses = new ArrayList<>();
        for (String each : List.of(one.get(), other.get())) {
          statuses.add(gateway.get("/auth/me", each).status());
        }
        statuses.sort(null);
        assertEquals(List.of(200, 401), statuses);
      }
    }
  }

  /** C23: a rotation is applied where the entry lives and loses no write beside it. */
  @Test
  void aRotationAmongParallelWritesLosesNone() throws Exception {
    String token = gateway.token();
    upstream.answers(
        (request, connection) -> {
          String field = request.target().substring("/set?".length());
          connection.send("HTTP/1.1 200 OK\r\n" + field + ": yes\r\nContent-Length: 0\r\n\r\n");
        });
    CyclicBarrier together = new CyclicBarrier(WRITERS + 1);
    List<Future<Integer>> writes = new ArrayList<>();
    String after;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WRITERS; i++) {
        String field = "auth-f" + i;
        writes.add(
            threads.submit(
                () -> {
                  together.await();
                  return gateway.send("POST /auth/set?" + field, token).status();
                }));
      }
      together.await();
      after = rotated(token);
      for (Future<Integer> write : writes) {
        assertEquals(200, write.get());
      }
    }
    upstream.reset();
    assertServes(after);
    var seen = upstream.take();
    for (int i = 0; i < WRITERS; i++) {
      assertTrue(seen.all("auth-f" + i).equals(List.of("yes")), "auth-f" + i + " is lost");
    }
  }
}
