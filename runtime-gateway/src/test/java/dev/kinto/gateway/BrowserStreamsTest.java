package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real browser's own {@code WebSocket} and {@code EventSource} (contract C33). */
class BrowserStreamsTest {
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static Browser browser;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    browser = Browser.start(folder.resolve("profile"));
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .service(
                TestManifest.of("news").route("GET /chat").route("GET /events").build(),
                upstream.uri())
            .serviceKey("public", List.of("GET /events"))
            .clientKey("allowedOrigins", List.of(browser.origin()))
            .start();
  }

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  @Test
  void pageOpensAWebSocketWithItsTokenAmongTheSubprotocols() throws Exception {
    upstream.answers(
        (request, connection) -> {
          connection.send(
              "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accept(request.header("sec-websocket-key").orElseThrow())
                  + "\r\n\r\n");
          connection.send("\u0081\u0005hello");
          connection.read(2 + 4 + 2); // a masked text of two bytes
          connection.send("\u0081\u0003got");
          connection.awaitEnd();
        });

    JsonNode result =
        browser.run(
            """
            const socket = new WebSocket('%s/news/chat', ['kinto', 'kinto.bearer.%s']);
            const heard = [];
            return await new Promise((done, failed) => {
              socket.onerror = () => failed('error');
              socket.onmessage = event => {
                heard.push(event.data);
                if (heard.length == 1) socket.send('hi');
                if (heard.length == 2) done({ protocol: socket.protocol, heard });
              };
            });
            """
                .formatted(gateway.api().toString().replaceFirst("^http", "ws"), gateway.token()));

    assertEquals("kinto", result.path("protocol").stringValue(), result.toString());
    assertEquals("[\"hello\",\"got\"]", result.path("heard").toString(), result.toString());
    assertEquals(List.of(), upstream.take().all("sec-websocket-protocol"));
  }

  @Test
  void pageReadsEventsAsTheyAreSent() throws Exception {
    upstream.answers(
        (_, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
          connection.send("data: one\n\n");
          connection.send("event: named\ndata: two\n\n");
          connection.awaitEnd(); // the stream stays open: nothing may wait for its end
        });

    JsonNode result =
        browser.run(
            """
            const events = new EventSource('%s/%s/news/events');
            const heard = [];
            return await new Promise((done, failed) => {
              events.onerror = () => failed('error');
              events.onmessage = event => heard.push(event.data);
              events.addEventListener('named', event => {
                heard.push(event.data);
                events.close();
                done({ heard });
              });
            });
            """
                .formatted(gateway.publicApi(), TestGateway.CLIENT));

    assertEquals("[\"one\",\"two\"]", result.path("heard").toString(), result.toString());
  }

  /** The answer to a browser's key (RFC 6455, section 4.2.2). */
  static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
