package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            .set("session.maxUnused", CAP)
            .service(
                TestManifest.of("auth")
                    .route("POST /login")
                    .writes("auth-userId")
                    .route("POST /logout")
                    .writes("auth-userId")
                    .build(),
                upstream.uri())
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

  @Test
  void noMoreThanTheCapMayBeginUntilSomeEndOrAreUsed() throws IOException {
    gateway.clock().advance(Duration.ofHours(1));
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < CAP; i++) {
      tokens.add(gateway.token());
    }
    RawAnswer refused = gateway.issue(TestGateway.CLIENT, TestGateway.SECRET);
    assertEquals(429, refused.status());
    assertEquals("rate-limited", refused.code());
    assertEquals(Optional.of("1"), refused.header("retry-after"));

    assertEquals(204, gateway.send("DELETE /auth", tokens.getLast()).status());
    tokens.set(tokens.size() - 1, gateway.token());
    assertEquals(429, gateway.issue(TestGateway.CLIENT, TestGateway.SECRET).status());

    logIn(tokens.get(2));
    tokens.set(2, gateway.token());
    assertEquals(429, gateway.issue(TestGateway.CLIENT, TestGateway.SECRET).status());

    logIn(tokens.get(0));
    assertEquals(204, gateway.send("DELETE /auth", tokens.get(1)).status());
    gateway.clock().advance(Duration.ofSeconds(1));
    gateway.token();
    gateway.token();
    assertEquals(429, gateway.issue(TestGateway.CLIENT, TestGateway.SECRET).status());

    gateway.clock().advance(UNUSED.multipliedBy(2));
    gateway.token();
  }
}
