package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that never got a field live shortly, and are not many (contract C22). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnusedSessionsTest {
  private static final int CAP = 10;
  private static final Duration UNUSED = Duration.ofMinutes(5);

  @AutoClose private RawUpstream upstream;
  @AutoClose private TestGateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .set("session.unusedIdleTimeout", UNUSED.toString())
            .set("session.maxUnusedSessions", CAP)
            .set("authLimits.perAddress.requests", 100_000)
            .service(
                TestManifest.of("auth")
                    .route("POST /login")
                    .writes("auth-userId")
                    .route("POST /logout")
                    .writes("auth-userId")
                    .build(),
                upstream.uri())
            .client("other", "s")
            .start();
  }

  private void logIn(String token) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 0\r\n\r\n");
    assertEquals(200, gateway.send("POST /auth/login", token).status());
  }

  private void logOut(String token) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nauth-userId:\r\nContent-Length: 0\r\n\r\n");
    assertEquals(200, gateway.send("POST /auth/logout", token).status());
  }

  private long expiresIn(String token) throws IOException {
    return gateway.send("GET /auth", token).json().path("expiresIn").longValue();
  }

  @Test
  void aSessionThatNeverGotAFieldEndsEarly() throws IOException {
    gateway.clock().advance(Duration.ofHours(1));
    String unused = gateway.token();
    assertEquals(UNUSED.toSeconds(), expiresIn(unused));
    gateway.clock().advance(UNUSED.minusSeconds(1));
    assertEquals(UNUSED.toSeconds(), expiresIn(unused), "any request renews it");
    gateway.clock().advance(UNUSED.multipliedBy(2));
    assertEquals("session-ended", gateway.send("GET /auth", unused).code());
  }

  /** A logout does not make it an unused one: it was somebody's. */
  @Test
  void aFieldOnceSetGivesTheWholeIdleTime() throws IOException {
    gateway.clock().advance(Duration.ofHours(1));
    String token = gateway.token();
    logIn(token);
    assertEquals(Duration.ofMinutes(30).toSeconds(), expiresIn(token));
    gateway.clock().advance(Duration.ofMinutes(29));
    logOut(token);
    gateway.clock().advance(Duration.ofMinutes(29));
    assertEquals(Duration.ofMinutes(30).toSeconds(), expiresIn(token));
  }

  /** C22: however often it is used; {@code GET /auth} kept unused ones alive for ever once. */
  @Test
  void aSessionThatNeverGotAFieldEndsAfterAnHourThoughItIsUsed() throws IOException {
    gateway.clock().advance(Duration.ofHours(1));
    String unused = gateway.token();
    String used = gateway.token();
    logIn(used);
    for (int i = 0; i < 14; i++) {
      gateway.clock().advance(Duration.ofMinutes(4));
      assertEquals(200, gateway.send("GET /auth", unused).status());
      assertEquals(200, gateway.send("GET /auth", used).status());
    }
    assertEquals(240, expiresIn(unused), "as long as there is left of the hour");
    gateway.clock().advance(Duration.ofMinutes(4).minusMillis(1));
    assertEquals(200, gateway.send("GET /auth", unused).status());
    gateway.clock().advance(Duration.ofMillis(1));
    assertEquals("session-ended", gateway.send("GET /auth", unused).code());
    assertEquals(200, gateway.send("GET /auth", used).status());
  }

  private List<String> tokens(int count) throws IOException {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(gateway.token());
      gateway.clock().advance(Duration.ofMillis(1));
    }
    return tokens;
  }

  private List<String> living(List<String> tokens) throws IOException {
    List<String> living = new ArrayList<>();
    for (String token : tokens) {
      if (gateway.send("GET /auth", token).status() == 200) {
        living.add(token);
      }
    }
    return living;
  }

  /** C22: nobody is locked out; the oldest of the same client that never got a field makes room. */
  @Test
  void theOldestMakesRoom() throws IOException {
    gateway.clock().advance(Duration.ofHours(1));
    String others = gateway.token("other", "s");
    List<String> tokens = tokens(CAP);
    assertEquals(tokens, living(tokens));
    tokens.addAll(tokens(3));
    assertEquals(tokens.subList(3, CAP + 3), living(tokens));
    assertEquals(200, gateway.send("GET /auth", others).status());
  }

  /** Those that got a field, or ended, or were rotated, are counted as what they are. */
  @Test
  void whatIsUsedOrEndedTakesNoPlace() throws IOException {
    gateway.clock().advance(Duration.ofHours(1));
    List<String> tokens = tokens(CAP);
    logIn(tokens.get(0));
    assertEquals(204, gateway.send("DELETE /auth", tokens.get(1)).status());
    String rotated = gateway.send("PUT /auth", tokens.get(2)).json().path("token").stringValue();
    assertEquals("token-replaced", gateway.send("GET /auth", tokens.get(2)).code());
    List<String> more = tokens(2);
    for (int i = 0; i < 3 * CAP; i++) {
      String passing = gateway.token();
      if (i == 0) {
        assertEquals("session-ended", gateway.send("GET /auth", rotated).code(), "the oldest");
      }
      logIn(passing);
    }
    assertEquals(200, gateway.send("GET /auth", tokens.get(0)).status());
    assertEquals(tokens.subList(3, CAP), living(tokens.subList(3, CAP)));
    assertEquals(more, living(more));
  }

  /** Eight ends of one session were eight places once. */
  @Test
  void eightEndsAtOnceAreOneEnd() throws Exception {
    gateway.clock().advance(Duration.ofHours(1));
    List<String> tokens = tokens(CAP);
    for (int round = 0; round < 10; round++) {
      List<Integer> statuses = new ArrayList<>();
      String ended = tokens.removeFirst();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        CyclicBarrier together = new CyclicBarrier(8);
        List<Future<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          ends.add(
              threads.submit(
                  () -> {
                    together.await();
                    return gateway.send("DELETE /auth", ended).status();
                  }));
        }
        for (Future<Integer> end : ends) {
          statuses.add(end.get());
        }
      }
      gateway.clock().advance(Duration.ofMillis(1));
      statuses.sort(null);
      assertEquals(List.of(204, 401, 401, 401, 401, 401, 401, 401), statuses);
      tokens.add(gateway.token());
    }
    List<String> last = tokens(5);
    tokens.addAll(last);
    assertEquals(tokens.subList(5, CAP + 5), living(tokens));
  }

  /** Many that begin at once keep to the cap too. */
  @Test
  void manyAtOnceKeepToTheCap() throws Exception {
    gateway.clock().advance(Duration.ofHours(1));
    List<String> tokens = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> beginnings = new ArrayList<>();
      for (int i = 0; i < 4 * CAP; i++) {
        beginnings.add(threads.submit(() -> gateway.token()));
      }
      for (Future<String> each : beginnings) {
        tokens.add(each.get());
      }
    }
    assertEquals(CAP, living(tokens).size());
  }
}
