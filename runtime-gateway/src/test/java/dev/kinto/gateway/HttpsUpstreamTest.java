package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that speak TLS (RFC 9110, section 4.3.4; contract C33, C34). */
@Timeout(60)
class HttpsUpstreamTest {
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static ServerSocket silent;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).ecdsa256().build();
    HeldCertificate held =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .signedBy(authority)
            .ecdsa256()
            .build();
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Path trust = folder.resolve("authority.pem");
    Files.writeString(trust, authority.certificatePem());
    upstream =
        RawUpstream.start(
            new HandshakeCertificates.Builder().heldCertificate(held).build().sslContext());
    URI named = URI.create(upstream.uri().toString().replace("127.0.0.1", "localhost"));
    gateway =
        TestGateway.in(folder)
            .service(service("good"), named)
            .publicRoutes("all")
            .serviceKey("upstreamTls.trust", trust.toString())
            .service(service("unnamed"), upstream.uri())
            .publicRoutes("all")
            .serviceKey("upstreamTls.trust", trust.toString())
            .service(service("untrusted"), named)
            .publicRoutes("all")
            .service(service("plain"), URI.create(named.toString().replace("https", "http")))
            .publicRoutes("all")
            .service(service("silent"), URI.create("https://localhost:" + silent.getLocalPort()))
            .publicRoutes("all")
            .serviceKey("upstreamLimits.connectTimeout", "PT1S")
            .service(service("hasty"), named)
            .publicRoutes("all")
            .serviceKey("upstreamTls.trust", trust.toString())
            .serviceKey("upstreamLimits", Map.of("firstByteTimeout", "PT1S", "idleTimeout", "PT1S"))
            .start();
  }

  private static Manifest service(String name) {
    return TestManifest.of(name).route("GET /x").route("POST /x").build();
  }

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  @Test
  void callsShareConnections() throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      for (int i = 0; i < 3; i++) {
        RawAnswer answer = client.exchange(request("GET", "good") + "\r\n");
        assertEquals("ok", answer.text(), answer.toString());
      }
    }
    int connection = upstream.take().connection();
    assertEquals(connection, upstream.take().connection());
    RawRequest last = upstream.take();
    assertEquals(connection, last.connection());
    assertTrue(last.header("host").orElseThrow().startsWith("localhost:"));
  }

  @Test
  void connectionThatTheUpstreamClosedIsNotUsed() throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(200, client.exchange(request("GET", "good") + "\r\n").status());
      upstream.closeConnections();
      for (int i = 0; i < 3; i++) {
        String post = request("POST", "good") + "Content-Length: 1\r\n\r\nx";
        assertEquals(200, client.exchange(post).status());
      }
    }
  }

  /**
   * An answer and what nobody asked for in one TLS record: the socket has no byte left then, but
   * TLS has. The body is larger than a buffer, so that nothing read too far shows it.
   */
  @Test
  void decryptedBytesBehindAnAnswerAreNobodysAnswer() throws IOException {
    String hidden = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    upstream.answers(
        "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n" + "x".repeat(10_000) + hidden);
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(10_000, client.exchange(request("GET", "good") + "\r\n").body().length);
      int first = upstream.take().connection();
      upstream.reset();

      assertEquals("ok", client.exchange(request("GET", "good") + "\r\n").text());
      assertNotEquals(first, upstream.take().connection());
    }
  }

  @Test
  void idleConnectionIsEndedInOrder() throws Exception {
    CompletableFuture<Boolean> inOrder = new CompletableFuture<>();
    upstream.answers(
        (_, connection) ->
            inOrder.complete(
                connection
                    .send("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 0\r\n\r\n")
                    .awaitEnd()));
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(200, client.exchange(request("GET", "good") + "\r\n").status());
      assertTrue(inOrder.get(30, TimeUnit.SECONDS), "with a close_notify, and no reset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unnamed", "untrusted"})
  void certificateThatIsNotTrustedOrAnothersIsRefused(String service) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      RawAnswer answer = client.exchange(request("GET", service) + "\r\n");
      assertEquals("upstream-unreachable", answer.code(), answer.toString());
    }
    assertEquals(List.of(), upstream.received());
  }

  @Test
  void upstreamThatConnectsButMakesNoHandshakeIsGivenUp() throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      RawAnswer answer = client.exchange(request("GET", "silent") + "\r\n");
      assertEquals("upstream-unreachable", answer.code(), answer.toString());
    }
  }

  @Test
  void upstreamThatSpeaksTlsUnaskedIs502() throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(502, client.exchange(request("GET", "plain") + "\r\n").status());
    }
  }

  @Test
  void largeBodiesPassBothWays() throws IOException {
    byte[] body = "0123456789abcdef".repeat(128 * 1024).getBytes(StandardCharsets.US_ASCII);
    upstream.answers(
        (_, connection) ->
            connection
                .send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                .send(body));
    try (RawClient client = gateway.connectPublic()) {
      client.send(request("POST", "good") + "Content-Length: " + body.length + "\r\n\r\n");
      RawAnswer answer = client.send(body).read();
      assertEquals(body.length, upstream.take().bodyLength());
      assertEquals(body.length, answer.body().length);
    }
  }

  @Test
  void timeLimitsHoldAndABrokenAnswerIsCut() throws IOException {
    upstream.answers((_, connection) -> connection.awaitEnd());
    try (RawClient client = gateway.connectPublic()) {
      assertEquals("upstream-timeout", client.exchange(request("GET", "hasty") + "\r\n").code());
      upstream.answers(
          (_, connection) ->
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab").close());
      client.send(request("GET", "good") + "\r\n").readHead();
      client.readBytes(2);
      assertTrue(client.ended());
    }
  }

  /**
   * Without a length the end of the connection is the end of the body; only TLS can say that nobody
   * cut it off (RFC 9112, section 9.8; contract C33).
   */
  @Test
  void bodyWhoseTlsWasCutOffNeverLooksComplete() throws IOException {
    String answer = "HTTP/1.1 200 OK\r\n\r\nhello";
    upstream.answers((_, connection) -> connection.send(answer).closeTransport());
    try (RawClient client = gateway.connectPublic()) {
      client.send(request("GET", "good") + "\r\n").readHead();
      assertEquals("hello", new String(client.readChunk(), StandardCharsets.US_ASCII));
      assertTrue(client.ended(), "the last chunk never comes");
    }
    upstream.answers((_, connection) -> connection.send(answer).close());
    try (RawClient client = gateway.connectPublic()) {
      assertEquals("hello", client.exchange(request("GET", "good") + "\r\n").text());
    }
  }

  @Test
  void clientThatGoesAwayEndsTheCall() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          connection.awaitEnd();
          ended.countDown();
        });
    try (RawClient client = gateway.connectPublic()) {
      client.send(request("GET", "good") + "\r\n");
      upstream.take();
    }
    assertTrue(ended.await(30, TimeUnit.SECONDS));
  }

  @Test
  void webSocketIsTunnelled() throws IOException {
    upstream.answers(
        (_, connection) -> {
          connection
              .send("HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhi")
              .send(connection.read(3))
              .close();
        });
    try (RawClient client = gateway.connectPublic()) {
      client
          .send(
              request("GET", "good")
                  + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n")
          .readHead();
      client.send("abc");
      assertEquals("hiabc", new String(client.readBytes(5), StandardCharsets.US_ASCII));
      assertTrue(client.ended());
    }
  }

  private static String request(String method, String service) {
    return method + " /demo-web/" + service + "/x HTTP/1.1\r\nHost: test\r\n";
  }
}
