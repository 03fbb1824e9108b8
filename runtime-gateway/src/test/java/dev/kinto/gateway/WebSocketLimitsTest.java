package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody's WebSockets take the places of others, or of calls (contract C34). */
class WebSocketLimitsTest {
  private static final int CALLS = 16;
  private static final int TOTAL = CALLS / 2;

  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway gateway;

  @AutoClose private final Opened open = new Opened();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    upstream.answers(
        (request, connection) -> {
          if (request.header("upgrade").isPresent()) {
            connection.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\n\r\n");
            connection.awaitEnd();
            connection.close();
          } else {
            connection.send(RawUpstream.OK);
          }
        });
    gateway =
        TestGateway.in(folder)
            .set("maxCalls", CALLS)
            .set("webSocketLimits", Map.of("perSession", 2))
            .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
            .publicRoutes("all")
            .serviceKey("upstreamLimits", Map.of("maxWebSockets", 100))
            .client("second", "secret-of-second")
            .client("third", "secret-of-third")
            .start();
  }

  private RawAnswer webSocket(String token) throws IOException {
    return webSocket(open.add(gateway.connect()), token);
  }

  private static RawAnswer webSocket(RawClient client, String token) throws IOException {
    return ask(client, "/m/x", bearer(token) + "\r\n");
  }

  private static RawAnswer ask(RawClient client, String target, String lines) throws IOException {
    client.send(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + lines
            + "\r\n");
    return client.read();
  }

  @Test
  void oneSessionHasItsOwnLimit() throws IOException {
    String token = gateway.token();
    assertEquals(101, webSocket(token).status());
    assertEquals(101, webSocket(token).status());

    RawAnswer third = webSocket(token);
    assertEquals("rate-limited", third.code(), third.toString());
    assertTrue(third.text().contains("This session"), third.text());
    assertEquals(Optional.of("1"), third.header("retry-after"));
    assertEquals(200, gateway.get("/m/x", token).status(), "calls have their own places");
    assertEquals(101, webSocket(gateway.token()).status(), "another session");
  }

  @Test
  void oneClientHasItsOwnLimitAndCallsHaveTheirReserve() throws IOException {
    for (int i = 0; i < TOTAL / 2; i++) {
      assertEquals(101, webSocket(gateway.token()).status());
    }
    RawAnswer more = webSocket(gateway.token());
    assertEquals("rate-limited", more.code(), more.toString());
    assertTrue(more.text().contains("This client"), more.text());

    for (int i = 0; i < TOTAL / 2; i++) {
      assertEquals(101, webSocket(gateway.token("second", "secret-of-second")).status());
    }
    String token = gateway.token("third", "secret-of-third");
    assertEquals("upstream-busy", webSocket(token).code());
    assertEquals(200, gateway.get("/m/x", token).status(), "half is kept for calls");
  }

  /** Where nothing is said about upstreams. */
  @Test
  void oneClientLeavesPlacesAtItsUpstreamToOthers(@TempDir Path folder) throws Exception {
    try (TestGateway plain =
        TestGateway.in(folder)
            .set("maxCalls", CALLS)
            .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
            .client("second", "secret-of-second")
            .start()) {
      for (int i = 0; i < TOTAL / 2; i++) {
        assertEquals(101, webSocket(open.add(plain.connect()), plain.token()).status());
      }
      assertEquals(429, webSocket(open.add(plain.connect()), plain.token()).status());

      String token = plain.token("second", "secret-of-second");
      assertEquals(101, webSocket(open.add(plain.connect()), token).status());
    }
  }

  @Test
  void aPlaceIsFreeWhenItsWebSocketEnds() throws Exception {
    String token = gateway.token();
    RawClient first = open.add(gateway.connect());
    assertEquals(101, webSocket(first, token).status());
    assertEquals(101, webSocket(token).status());
    first.close();

    RawAnswer next = webSocket(token);
    while (next.status() == 429) {
      next = webSocket(token);
    }
    assertEquals(101, next.status());
  }

  /** Who has no session is told apart by its address. */
  @Test
  void publicWebSocketsAreCountedByAddress() throws IOException {
    try (RawClient one = gateway.connectPublic();
        RawClient two = gateway.connectPublic();
        RawClient three = gateway.connectPublic();
        RawClient other = RawClient.to(gateway.publicApi(), "127.0.0.7")) {
      assertEquals(101, ask(one, "/demo-web/m/x", "").status());
      assertEquals(101, ask(two, "/demo-web/m/x", "").status());
      assertEquals("rate-limited", ask(three, "/demo-web/m/x", "").code());
      assertEquals(101, ask(other, "/demo-web/m/x", "").status());
    }
  }

  @Test
  void callsKeepSomePlaces(@TempDir Path folder) {
    InvalidConfigException e =
        assertThrows(
            InvalidConfigException.class,
            () ->
                TestGateway.in(folder)
                    .set("maxCalls", CALLS)
                    .set("webSocketLimits", Map.of("total", CALLS))
                    .start());

    assertTrue(e.getMessage().contains("less than maxCalls is wanted"), e.getMessage());
  }
}
