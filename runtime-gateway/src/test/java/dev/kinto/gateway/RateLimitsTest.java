package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often tokens may be asked for and microservices be called (contract C22, C36). */
class RateLimitsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .set("authLimits.perAddress", Map.of("requests", 5, "per", "PT1M"))
                  .set("authLimits.perClient", Map.of("requests", 8, "per", "PT1M"))
                  .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
                  .publicRoutes("all")
                  .client("limited", "secret-of-limited")
                  .clientKey("requestLimit", Map.of("requests", 3, "per", "PT3S"))
                  .clientKey("allowedOrigins", List.of("http://shop.example")));

  private static final RawUpstream upstream = gateway.upstream();

  @BeforeEach
  void laterThanAllLimits() {
    gateway.clock().advance(MINUTE);
  }

  private static RawAnswer call(String target, String... lines) throws IOException {
    try (RawClient client =
        target.startsWith("/m/") ? gateway.connect() : gateway.connectPublic()) {
      return client.exchange(request("GET " + target, lines));
    }
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

  private static RawAnswer issueAnnounced(TestGateway gateway, Protocol spoken, String address)
      throws IOException {
    String body =
        "{\"clientId\":\"%s\",\"clientSecret\":\"%s\"}"
            .formatted(TestGateway.CLIENT, TestGateway.SECRET);
    Socket plain = TestCertificate.plain(gateway.api());
    plain
        .getOutputStream()
        .write(
            ("PROXY TCP6 " + address + " 2001:db8:ffff::1 1 2\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    if (spoken == Protocol.HTTP_2) {
      try (Http2Client client = Http2Client.over(plain, "", Integer.MAX_VALUE)) {
        int stream =
            client.open(
                false, Http2Client.request("POST", "/auth", "content-type", "application/json"));
        client.data(stream, true, body);
        return client.answer(stream);
      }
    }
    try (RawClient client = RawClient.over(plain)) {
      return client.exchange(
          "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }
  }

  /**
   * C22: one subscriber has 64 bits to choose addresses from. C31: the announced address counts.
   */
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void addressesOfAnIpv6NetworkShareALimit(Protocol spoken, @TempDir Path own) throws Exception {
    try (TestGateway announced =
        TestGateway.in(own)
            .over(spoken)
            .set("listeners.api.proxyProtocol", true)
            .set("authLimits.perAddress", Map.of("requests", 3, "per", "PT1M"))
            .start()) {
      for (String address :
          List.of("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:DB8::1:0:0:0:2")) {
        assertEquals(200, issueAnnounced(announced, spoken, address).status(), address);
      }
      assertLimited(issueAnnounced(announced, spoken, "2001:db8:0:1:8000::3"), "20");
      assertLimited(issueAnnounced(announced, spoken, "2001:db8:0:1::1"), "20");
      assertEquals(200, issueAnnounced(announced, spoken, "2001:db8:0:2::1").status());
      assertEquals(200, issueAnnounced(announced, spoken, "2001:db8:1:1::1").status());
    }
  }

  /** Each request is counted, also those that share a connection. */
  @Test
  void limitsHoldOverHttp2(@TempDir Path own) throws Exception {
    try (TestGateway spoken =
            TestGateway.in(own)
                .over(Protocol.HTTP_2)
                .set("authLimits.perAddress", Map.of("requests", 4, "per", "PT1M"))
                .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
                .clientKey("requestLimit", Map.of("requests", 3, "per", "PT3S"))
                .start();
        TextClient client = spoken.client()) {
      String token = spoken.token();
      for (int i = 0; i < 3; i++) {
        assertEquals(200, client.exchange(request("GET /m/x", bearer(token))).status());
        assertEquals(401, spoken.issue(TestGateway.CLIENT, "wrong").status());
      }
      assertLimited(client.exchange(request("GET /m/x", bearer(token))), "1");
      assertLimited(spoken.issue(TestGateway.CLIENT, TestGateway.SECRET), "15");
    }
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
    assertEquals(200, gateway.get("/auth", token).status());
    String next = gateway.send("PUT /auth", token).json().path("token").stringValue();
    assertEquals(204, gateway.send("DELETE /auth", next).status());
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
      answer = call("/m/x", bearer(token), "Origin: http://shop.example");
    }
    assertLimited(answer, "1");
    assertEquals(Optional.of("http://shop.example"), answer.header("access-control-allow-origin"));
    assertEquals(
        Optional.of("Kinto-Token, Kinto-Request-Id, Retry-After"),
        answer.header("access-control-expose-headers"));
  }
}
