package dev.kinto.gateway;

import static dev.kinto.gateway.Http2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 is an option of a listener, which keeps its other promises (contract C18, C31, C42). */
class Http2ListenerTest {
  private static final int ANY_WINDOW = 1024 * 1024;

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;

  @BeforeEach
  void start() throws IOException {
    upstream = RawUpstream.start();
  }

  private TestGateway.Builder gateway() throws IOException {
    return TestGateway.in(folder)
        .service(TestManifest.of("some").route("GET /x").build(), upstream.uri())
        .publicRoutes("all")
        .set("listeners.public.tls", TestCertificate.in(folder, "api.example.com").config());
  }

  @Test
  void itNeedsTls() throws IOException {
    TestGateway.Builder plain = TestGateway.in(folder).set("listeners.api.http2", true);

    String problems =
        assertThrows(InvalidConfigException.class, () -> plain.build().orThrow()).getMessage();

    assertTrue(
        problems.contains("listeners.api.http2") && problems.contains("over TLS only"), problems);
  }

  @Test
  void itIsOffUnlessItIsAskedFor() throws Exception {
    try (TestGateway gateway = gateway().start()) {
      assertEquals(
          "http/1.1",
          Http2Client.handshake(TestCertificate.plain(gateway.publicApi()), "", "h2", "http/1.1")
              .getApplicationProtocol());
    }
  }

  /** What a connection was made for is what its requests may name (RFC 9113, section 9.1.1). */
  @Test
  void requestsForAnotherHostAreMisdirected() throws Exception {
    try (TestGateway gateway =
            gateway()
                .set("listeners.public.http2", true)
                .set("listeners.public.hosts", List.of("api.example.com", "b.example.com"))
                .start();
        Http2Client client = Http2Client.to(gateway.publicApi(), "api.example.com", ANY_WINDOW)) {
      assertEquals(200, client.exchange(calling("api.example.com")).status());
      RawAnswer other = client.exchange(calling("b.example.com"));
      assertEquals(421, other.status(), "contract C36");
      assertEquals("host-unknown", other.code());
      assertEquals(421, client.exchange(calling("c.example.com")).status());
      assertEquals(200, client.exchange(calling("API.example.com")).status());
    }
  }

  private static String[] calling(String host) {
    return new String[] {
      ":method", "GET", ":scheme", "https", ":authority", host, ":path", "/demo-web/some/x"
    };
  }

  @Test
  void theProxyProtocolStandsBeforeTls() throws Exception {
    try (TestGateway gateway =
            gateway()
                .set("listeners.public.http2", true)
                .set("listeners.public.proxyProtocol", true)
                .start();
        Socket plain = TestCertificate.plain(gateway.publicApi())) {
      plain
          .getOutputStream()
          .write(
              "PROXY TCP4 192.0.2.7 203.0.113.1 56324 443\r\n".getBytes(StandardCharsets.US_ASCII));
      try (Http2Client client = Http2Client.over(plain, "", ANY_WINDOW)) {
        assertEquals(200, client.exchange(calling("api.example.com")).status());
      }
      assertEquals(Optional.of("192.0.2.7"), upstream.take().header("x-forwarded-for"));
    }
  }

  /** Clients are told to go elsewhere, and nothing that they have begun is lost (contract C42). */
  @Test
  void aDrainLetsStreamsEnd() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          try {
            assertTrue(release.await(60, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          connection.send(RawUpstream.OK);
        });
    TestGateway gateway = gateway().set("listeners.public.http2", true).start();
    try (Http2Client client = Http2Client.to(gateway.publicApi())) {
      int stream = client.open(true, request("GET", "/demo-web/some/x"));
      upstream.take();
      Thread closing = Thread.ofVirtual().start(gateway::close);

      assertEquals(Http2Client.NO_ERROR, client.goAway());
      int onItsWay = client.open(true, request("GET", "/demo-web/some/x"));
      assertEquals(Http2Client.NO_ERROR, client.goAway(), "then nothing new is taken");
      release.countDown();
      assertEquals("ok", client.answer(stream).text());
      assertEquals("ok", client.answer(onItsWay).text());
      assertTrue(closing.join(Duration.ofSeconds(60)), "the gateway has stopped");
    }
  }
}
