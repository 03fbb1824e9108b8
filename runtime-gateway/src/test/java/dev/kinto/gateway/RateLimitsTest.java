package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often tokens may be asked for and microservices be called (contract C22, C36). */
class RateLimitsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static RawUpstream upstream;
  private static TestGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .set("authLimits.perAddress", Map.of("requests", 5, "per", "PT1M"))
            .set("authLimits.perClient", Map.of("requests", 8, "per", "PT1M"))
            .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
            .publicRoutes("all")
            .client("limited", "secret-of-limited")
            .clientKey("requestLimit", Map.of("requests", 3, "per", "PT3S"))
            .clientKey("allowedOrigins", List.of("http://shop.example"))
            .start();
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void laterThanAllLimits() {
    upstream.reset();
    gateway.clock().advance(MINUTE);
  }

  private static RawAnswer call(String target, String... lines) throws IOException {
    try (RawClient client =
        target.startsWith("/m/") ? gateway.connect() : gateway.connectPublic()) {
      return client.exchange(
          "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + String.join("\r\n", lines) + "\r\n\r\n");
    }
  }

  private static String bearer(String token) {
    return "Kinto-Authorization: Bearer " + token + "\r\n";
  }

  private static RawAnswer issueFrom(String address, String secret) throws IOException {
    String body = "{\"clientId\":\"demo-web\",\"clientSecret\":\"%s\"}".formatted(secret);
    try (RawClient client = RawClient.to(gateway.api(), address)) {
      return client.exchange(
          "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }
  }

  private static void assertLimited(RawAnswer answer, String retryAfter) {
    assertEquals(429, answer.status(), answer.toString());
    assertEquals("rate-limited", answer.code());
    assertEquals(Optional.of(retryAfter), answer.header("retry-after"));
  }

  /** C22: by address, whatever the secret; C36: Retry-After is true. */
  @Test
  void anAddressThatAsksForTooManyTokensWaitsAsLongAsItIsTold() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertEquals(401, issueFrom("127.0.0.2", "wrong").status());
    }
    assertLimited(issueFrom("127.0.0.2", TestGateway.SECRET), "12");
    assertEquals(200, issueFrom("127.0.0.3", TestGateway.SECRET).status());
    gateway.clock().advance(Duration.ofSeconds(11));
    assertLimited(issueFrom("127.0.0.2", TestGateway.SECRET), "1");
    gateway.clock().advance(Duration.ofSeconds(1));
    assertEquals(200, issueFrom("127.0.0.2", TestGateway.SECRET).status());
  }

  /** C22: who does not know the secret cannot use up the client's ceiling. */
  @Test
  void aClientHasACeilingThatOnlyItsOwnRequestsReach() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertEquals(401, issueFrom("127.0.0.4", "wrong").status());
      assertEquals(401, issueFrom("127.0.0.5", "wrong").status());
    }
    for (int i = 0; i < 8; i++) {
      assertEquals(200, issueFrom("127.0.0." + (i < 4 ? 6 : 7), TestGateway.SECRET).status());
    }
    assertLimited(issueFrom("127.0.0.8", TestGateway.SECRET), "8");
  }

  /** C22 speaks of POST: what a session needs is not throttled with it. */
  @Test
  void aTokenThatIsThereServesAnAddressThatMayNotAskForMore() throws IOException {
    String token = gateway.token();
    for (int i = 0; i < 4; i++) {
      gateway.token();
    }
    assertLimited(gateway.issue(TestGateway.CLIENT, TestGateway.SECRET), "12");
    assertEquals(200, call("/m/x", bearer(token)).status());
  }

  /** All sessions of a client together, on both listeners; others are not touched. */
  @Test
  void aClientsOwnLimitHoldsForAllItsCalls() throws IOException {
    String one = gateway.token("limited", "secret-of-limited");
    String two = gateway.token("limited", "secret-of-limited");
    String others = gateway.token();
    assertEquals(200, call("/m/x", bearer(one)).status());
    assertEquals(200, call("/m/x", bearer(two)).status());
    assertEquals(200, call("/limited/m/x").status());
    assertLimited(call("/m/x", bearer(one)), "1");
    assertLimited(call("/limited/m/x"), "1");
    assertEquals(3, upstream.received().size());
    assertEquals(200, call("/m/x", bearer(others)).status());
    gateway.clock().advance(Duration.ofSeconds(1));
    assertEquals(200, call("/m/x", bearer(two)).status());
  }

  /** C43: errors of the gateway carry CORS headers too, and Retry-After is exposed. */
  @Test
  void aPageCanReadWhenToComeAgain() throws IOException {
    String token = gateway.token("limited", "secret-of-limited");
    RawAnswer answer = null;
    for (int i = 0; i < 4; i++) {
      answer = call("/m/x", bearer(token) + "Origin: http://shop.example");
    }
    assertLimited(answer, "1");
    assertEquals(Optional.of("http://shop.example"), answer.header("access-control-allow-origin"));
    assertEquals(
        Optional.of("Kinto-Token, Kinto-Request-Id, Retry-After"),
        answer.header("access-control-expose-headers"));
  }
}
