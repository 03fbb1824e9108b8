package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.session.SessionLifetime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets are tunnelled after the same steps as any call (RFC 6455; contract C24, C28, C33). */
@Timeout(60)
class WebSocketTest {
  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: accepted\r\n";
  private static final String PAGE = "https://app.example.com";

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .client("page", "secret-of-page")
                  .clientKey("allowedOrigins", List.of(PAGE))
                  .client(
                      "short",
                      "secret-of-short",
                      new SessionLifetime(
                          Duration.ofMinutes(30),
                          Duration.ofMinutes(30),
                          Duration.ofMinutes(90),
                          Duration.ofMinutes(90)))
                  .service(
                      TestManifest.of("chat")
                          .route("GET /room")
                          .mayRead("chat-name", "nobody")
                          .writes("chat-name")
                          .route("POST /login")
                          .writes("chat-name")
                          .build(),
                      upstream.uri())
                  .publicRoutes("GET /room")
                  .service(TestManifest.of("narrow").route("GET /room").build(), upstream.uri())
                  .serviceKey("upstreamLimits", Map.of("maxWebSockets", 1, "queue", 0))
                  .service(TestManifest.of("tight").route("GET /room").build(), upstream.uri())
                  .serviceKey(
                      "upstreamLimits", Map.of("maxWebSockets", 2, "maxConcurrent", 1, "queue", 0))
                  .service(TestManifest.of("idle").route("GET /room").build(), upstream.uri())
                  .serviceKey("upstreamLimits", Map.of("idleTimeout", "PT2S")));

  private static final RawUpstream upstream = gateway.upstream();

  private String token = "";

  @BeforeEach
  void newSession() throws IOException {
    upstream.answers(WebSocketTest::echo);
    token = gateway.token();
  }

  /** Switches, and sends back what comes, ten bytes at a time. */
  private static void echo(RawRequest request, RawUpstream.Connection connection)
      throws IOException {
    connection.send(SWITCH + "\r\n");
    while (true) {
      connection.send(connection.read(10));
    }
  }

  @Test
  void handshakeCarriesWhatEveryCallCarriesAndBytesPassBothWays() throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nchat-name: eve\r\nContent-Length: 0\r\n\r\n");
    try (RawClient client = gateway.connect()) {
      client.exchange("POST /chat/login HTTP/1.1\r\nHost: test\r\n" + tokenLine() + "\r\n");
    }
    upstream.take();
    upstream.answers(WebSocketTest::echo);
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.send(handshake("chat", tokenLine() + "chat-name: mallory\r\n")).readHead();

      assertEquals(101, answer.status(), answer.toString());
      assertEquals(List.of("Upgrade"), answer.all("connection"));
      assertEquals(List.of("websocket"), answer.all("upgrade"));
      assertEquals(List.of("accepted"), answer.all("sec-websocket-accept"));
      assertEquals(1, answer.all("kinto-request-id").size());
      assertEquals(List.of(), answer.all("content-length"));
      assertEquals(List.of(), answer.all("transfer-encoding"));
      assertEquals("0123456789", echoed(client, "0123456789"));
      assertEquals("\0\r\n\u00FFabcdef", echoed(client, "\0\r\n\u00FFabcdef"));
    }
    RawRequest received = upstream.take();
    assertEquals("GET /room?x=1 HTTP/1.1", received.line());
    assertEquals(List.of("Upgrade"), received.all("connection"));
    assertEquals(List.of("websocket"), received.all("upgrade"));
    assertEquals(List.of("a2V5a2V5a2V5a2V5a2V5a2V5"), received.all("sec-websocket-key"));
    assertEquals(List.of("13"), received.all("sec-websocket-version"));
    assertEquals(List.of("eve"), received.all("chat-name"));
    assertEquals(List.of("token"), received.all("kinto-access"));
    assertEquals(List.of(), received.all("kinto-authorization"));
  }

  @Test
  void bytesThatComeWithTheSwitchAreNotLost() throws IOException {
    upstream.answers(
        (_, connection) -> {
          connection.send(SWITCH + "\r\nfirst").send(connection.read(1)).close();
        });
    try (RawClient client = gateway.connect()) {
      assertEquals(101, client.send(handshake("chat", tokenLine()) + "x").readHead().status());
      assertEquals("firstx", new String(client.readBytes(6), StandardCharsets.ISO_8859_1));
      assertTrue(client.ended(), "what the upstream ends, ends for the client");
    }
  }

  @Test
  void answerThatDoesNotSwitchIsAnOrdinaryOne() throws IOException {
    upstream.answers("HTTP/1.1 400 Bad\r\nchat-name: x\r\nContent-Length: 2\r\n\r\nno");
    try (RawClient client = gateway.connect()) {
      RawAnswer answer = client.exchange(handshake("chat", tokenLine()));
      assertEquals(400, answer.status());
      assertEquals("no", answer.text());
      assertEquals(400, client.exchange(handshake("chat", tokenLine())).status(), "and may go on");
    }
  }

  @Test
  void sessionFieldsOfTheSwitchAreNeitherSavedNorShown() throws IOException {
    upstream.answers((_, connection) -> connection.send(SWITCH + "chat-name: eve\r\nX: 1\r\n\r\n"));
    try (RawClient client = gateway.connect()) {
      RawAnswer answer = client.send(handshake("chat", tokenLine())).readHead();
      assertEquals(List.of(), answer.all("chat-name"));
      assertEquals(List.of("1"), answer.all("x"));
    }
    upstream.take();
    try (RawClient client = gateway.connect()) {
      client.send(handshake("chat", tokenLine())).readHead();
      assertEquals(List.of("nobody"), upstream.take().all("chat-name"));
    }
  }

  @Test
  void otherProtocolsAreNotUpgradedTo() throws IOException {
    upstream.answers(RawUpstream.OK);
    for (String fields :
        new String[] {
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n",
          "Upgrade: websocket\r\n",
          "Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 1\r\n"
        }) {
      String body = fields.contains("Length") ? "x" : "";
      try (RawClient client = gateway.connect()) {
        RawAnswer answer =
            client.exchange(
                "GET /chat/room HTTP/1.1\r\nHost: test\r\n" + tokenLine() + fields + "\r\n" + body);
        assertEquals(200, answer.status(), answer.toString());
      }
      RawRequest received = upstream.take();
      assertEquals(List.of(), received.all("upgrade"), fields);
      assertEquals(List.of(), received.all("connection"), fields);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 5\r\n\r\n",
      })
  void switchToSomethingElseIs502(String raw) throws IOException {
    upstream.answers(raw);
    try (RawClient client = gateway.connect()) {
      RawAnswer answer = client.exchange(handshake("chat", tokenLine()));
      assertEquals("upstream-invalid-response", answer.code(), answer.toString());
    }
  }

  @Test
  void switchThatNobodyAskedForIs502() throws IOException {
    try (RawClient client = gateway.connect()) {
      for (String fields : new String[] {"", "Connection: Upgrade\r\nUpgrade: h2c\r\n"}) {
        RawAnswer answer =
            client.exchange(
                "GET /chat/room HTTP/1.1\r\nHost: test\r\n" + tokenLine() + fields + "\r\n");
        assertEquals("upstream-invalid-response", answer.code(), answer.toString());
      }
    }
  }

  @Test
  void handshakeIsRefusedLikeAnyCall() throws IOException {
    try (RawClient client = gateway.connect()) {
      assertEquals("token-missing", client.exchange(handshake("chat", "")).code());
      assertEquals("service-unknown", client.exchange(handshake("none", tokenLine())).code());
      String login = handshake("chat", tokenLine()).replace("/room", "/login");
      assertEquals("method-not-allowed", client.exchange(login).code());
    }
    assertEquals(List.of(), upstream.received());
  }

  /** Browsers send WebSocket handshakes of any page anywhere: nothing but this stops them. */
  @Test
  void handshakeOfAForeignPageIsRefused() throws IOException {
    String bearer = bearer(gateway.token("page", "secret-of-page")) + "\r\n";
    try (RawClient client = gateway.connect()) {
      for (String origin : new String[] {"https://evil.example", "null", "http://test.evil"}) {
        String foreign = handshake("chat", bearer + "Origin: " + origin + "\r\n");
        assertEquals("origin-not-allowed", client.exchange(foreign).code());
      }
      assertEquals(List.of(), upstream.received());
      String listed = handshake("chat", bearer + "Origin: " + PAGE + "\r\n");
      assertEquals(101, client.send(listed).readHead().status());
    }
    try (RawClient client = gateway.connect()) {
      String own = handshake("chat", bearer + "Origin: http://test\r\n");
      assertEquals(101, client.send(own).readHead().status());
    }
  }

  @Test
  void pageSendsItsTokenAsASubprotocol() throws IOException {
    try (RawClient client = gateway.connect()) {
      String offer = "Sec-WebSocket-Protocol: kinto, kinto.bearer." + token + "\r\n";
      RawAnswer answer = client.send(handshake("chat", offer)).readHead();

      assertEquals(101, answer.status(), answer.toString());
      assertEquals(List.of("kinto"), answer.all("sec-websocket-protocol"));
      assertEquals(List.of(), upstream.take().all("sec-websocket-protocol"));
    }
    upstream.answers(
        (_, connection) -> connection.send(SWITCH + "Sec-WebSocket-Protocol: chat.v2\r\n\r\n"));
    try (RawClient client = gateway.connect()) {
      String offer =
          "Sec-WebSocket-Protocol: kinto,kinto.bearer." + token + ", chat.v1,chat.v2\r\n";
      RawAnswer answer = client.send(handshake("chat", offer)).readHead();

      assertEquals(List.of("chat.v2"), answer.all("sec-websocket-protocol"));
      assertEquals(List.of("chat.v1, chat.v2"), upstream.take().all("sec-websocket-protocol"));
    }
  }

  @Test
  void tokenInASubprotocolCountsOnceAndInHandshakesOnly() throws IOException {
    String offer = "Sec-WebSocket-Protocol: kinto.bearer." + token + "\r\n";
    upstream.answers(RawUpstream.OK);
    try (RawClient client = gateway.connect()) {
      assertEquals("token-invalid", client.exchange(handshake("chat", offer + offer)).code());
      assertEquals("token-invalid", client.exchange(handshake("chat", tokenLine() + offer)).code());
      assertEquals(
          "token-missing",
          client.exchange("GET /chat/room HTTP/1.1\r\nHost: test\r\n" + offer + "\r\n").code());
      client.exchange("GET /chat/room HTTP/1.1\r\nHost: test\r\n" + tokenLine() + offer + "\r\n");
      assertEquals(List.of(), upstream.take().all("sec-websocket-protocol"));
    }
  }

  @Test
  void publicRouteMayBeAWebSocketToo() throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      String request = handshake("demo-web/chat", "");
      assertEquals(101, client.send(request).readHead().status());
      assertEquals("0123456789", echoed(client, "0123456789"));
      assertEquals(List.of("public"), upstream.take().all("kinto-access"));
    }
  }

  @Test
  void eachSideSeesTheOthersEnd() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          connection.send(SWITCH + "\r\n").awaitEnd();
          ended.countDown();
        });
    try (RawClient client = gateway.connect()) {
      assertEquals(101, client.send(handshake("chat", tokenLine())).readHead().status());
    }
    assertTrue(ended.await(30, TimeUnit.SECONDS), "the client's");

    upstream.answers((_, connection) -> connection.send(SWITCH + "\r\n").close());
    try (RawClient client = gateway.connect()) {
      assertEquals(101, client.send(handshake("chat", tokenLine())).readHead().status());
      assertTrue(client.ended(), "the upstream's");
    }
  }

  @Test
  void sessionThatEndsClosesIt() throws IOException {
    try (RawClient client = gateway.connect();
        RawClient other = gateway.connect()) {
      client.send(handshake("chat", tokenLine())).readHead();
      assertEquals("0123456789", echoed(client, "0123456789"));
      assertEquals(
          204,
          other
              .exchange("DELETE /auth HTTP/1.1\r\nHost: test\r\n" + tokenLine() + "\r\n")
              .status());
      assertTrue(client.ended());
    }
  }

  @Test
  void openOneKeepsTheSessionAliveWhileBytesFlowButNotForEver() throws IOException {
    token = gateway.token("short", "secret-of-short");
    try (RawClient client = gateway.connect()) {
      client.send(handshake("chat", tokenLine())).readHead();
      for (int minutes = 20; minutes <= 80; minutes += 20) {
        gateway.clock().advance(Duration.ofMinutes(20));
        assertEquals("0123456789", echoed(client, "0123456789"), "after " + minutes + " minutes");
        // The first may have begun before the byte came.
        awaitALook();
        awaitALook();
      }
      gateway.clock().advance(Duration.ofMinutes(11));
      assertTrue(client.ended(), "its greatest age ends the session");
    }
  }

  /** Returns when the gateway has looked at all open answers at least once. */
  private static void awaitALook() throws IOException {
    String ending = bearer(gateway.token()) + "\r\n";
    try (RawClient sentinel = gateway.connect();
        RawClient other = gateway.connect()) {
      sentinel.send(handshake("chat", ending)).readHead();
      other.exchange("DELETE /auth HTTP/1.1\r\nHost: test\r\n" + ending + "\r\n");
      assertTrue(sentinel.ended());
    }
  }

  @Test
  void silentOneIsClosedButBytesOfEitherSideKeepItOpen() throws Exception {
    upstream.answers((_, connection) -> connection.send(SWITCH + "\r\n").awaitEnd());
    try (RawClient client = gateway.connect()) {
      client.send(handshake("idle", tokenLine())).readHead();
      CountDownLatch never = new CountDownLatch(1);
      long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (System.nanoTime() < until) {
        client.send("x");
        assertFalse(never.await(50, TimeUnit.MILLISECONDS));
      }
      assertTrue(client.ended(), "when nothing moves any more");
    }
  }

  @Test
  void openOnesHaveALimitOfTheirOwn() throws IOException {
    try (RawClient first = gateway.connect();
        RawClient second = gateway.connect()) {
      assertEquals(101, first.send(handshake("narrow", tokenLine())).readHead().status());
      RawAnswer refused = second.exchange(handshake("narrow", tokenLine()));
      assertEquals("upstream-busy", refused.code(), refused.toString());
      upstream.answers(RawUpstream.OK);
      String call = "GET /narrow/room HTTP/1.1\r\nHost: test\r\n" + tokenLine() + "\r\n";
      assertEquals(200, second.exchange(call).status(), "other calls have theirs");
    }
  }

  @Test
  void openOnesTakeNoPlacesFromOtherCalls() throws IOException {
    try (RawClient first = gateway.connect();
        RawClient second = gateway.connect();
        RawClient third = gateway.connect()) {
      assertEquals(101, first.send(handshake("tight", tokenLine())).readHead().status());
      assertEquals(101, second.send(handshake("tight", tokenLine())).readHead().status());
      upstream.answers(RawUpstream.OK);
      String call = "GET /tight/room HTTP/1.1\r\nHost: test\r\n" + tokenLine() + "\r\n";
      assertEquals(200, third.exchange(call).status());
    }
  }

  @Test
  void openOneDoesNotKeepTheGatewayFromStopping(@TempDir Path folder) throws Exception {
    TestGateway stopping =
        TestGateway.in(folder)
            .service(TestManifest.of("chat").route("GET /room").build(), upstream.uri())
            .start();
    try (RawClient client = stopping.connect()) {
      String bearer = bearer(stopping.token()) + "\r\n";
      assertEquals(101, client.send(handshake("chat", bearer)).readHead().status());
      Thread stop = Thread.ofVirtual().start(stopping::close);
      assertTrue(client.ended());
      assertTrue(stop.join(Duration.ofSeconds(30)));
    }
  }

  private static String echoed(RawClient client, String text) throws IOException {
    client.send(text.getBytes(StandardCharsets.ISO_8859_1));
    return new String(client.readBytes(text.length()), StandardCharsets.ISO_8859_1);
  }

  private String tokenLine() {
    return bearer(token) + "\r\n";
  }

  private static String handshake(String service, String fields) {
    return "GET /"
        + service
        + "/room?x=1 HTTP/1.1\r\nHost: test\r\n"
        + fields
        + "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
        + "Sec-WebSocket-Key: a2V5a2V5a2V5a2V5a2V5a2V5\r\nSec-WebSocket-Version: 13\r\n\r\n";
  }
}
