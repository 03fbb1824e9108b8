package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol: a load balancer announces whose connection it is (contract C31). */
class ProxyProtocolTest {
  private static final String NAME = "api.example.com";
  private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
  private static final String REQUEST =
      "GET /demo-web/some/x HTTP/1.1\r\nHost: api.example.com\r\n"
          + "X-Forwarded-For: 198.51.100.66\r\n\r\n";

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(TestManifest.of("some").route("GET /x").build(), upstream.uri())
                  .publicRoutes("all")
                  .set("listeners.public.proxyProtocol", "true")
                  .set("listeners.api.proxyProtocol", "true")
                  .set("listeners.api.tls", TestCertificate.in(config.folder(), NAME).config()));

  private static final RawUpstream upstream = gateway.upstream();

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 192.0.2.7 203.0.113.1 56324 443, 192.0.2.7",
    "PROXY TCP6 2001:db8::7 2001:db8::1 56324 443, 2001:db8::7",
    "PROXY UNKNOWN, 127.0.0.1",
    "PROXY UNKNOWN ffff:f::1 ffff:f::2 65535 65535, 127.0.0.1",
  })
  void theTextualFormAnnouncesThePeer(String header, String peer) throws IOException {
    assertEquals(peer, peerSeenBehind((header + "\r\n").getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @CsvSource({
    // version and command, family and protocol, length, addresses and ports, more
    "21 11 000C C0000207 CB007101 DC04 01BB, 192.0.2.7",
    "21 11 0013 C0000207 CB007101 DC04 01BB 04000400000000, 192.0.2.7",
    "21 21 0024 20010DB8000000000000000000000007 20010DB8000000000000000000000001 DC04 01BB,"
        + " 2001:db8::7",
    "20 11 000C C0000207 CB007101 DC04 01BB, 127.0.0.1",
    "20 00 0000, 127.0.0.1",
    "21 00 0000, 127.0.0.1",
  })
  void theBinaryFormAnnouncesThePeer(String header, String peer) throws IOException {
    assertEquals(peer, peerSeenBehind(binary(header)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /demo-web/some/x HTTP/1.1\r\nHost: api.example.com\r\n\r\n",
        "PROXY TCP4 2130706433 203.0.113.1 56324 443\r\n",
        "PROXY TCP4 1.2.3 203.0.113.1 56324 443\r\n",
        "PROXY TCP4 010.0.0.1 203.0.113.1 56324 443\r\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 99999 443\r\n",
        "PROXY TCP4 somebody 203.0.113.1 56324 443\r\n",
        "PROXY TCP4 192.0.2.7\" 203.0.113.1 56324 443\r\n",
        "PROXY TCP4 2001:db8::7 203.0.113.1 56324 443\r\n",
        "PROXY TCP6 192.0.2.7 2001:db8::1 56324 443\r\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 x 443\r\n",
        "PROXY TCP4 192.0.2.7 203.0.113.1 56324 443\n",
        "PROXY TCP4  192.0.2.7 203.0.113.1 56324 443\r\n",
        "PROXY TCP9 192.0.2.7 203.0.113.1 56324 443\r\n",
        "PROXY ",
        "proxy TCP4 192.0.2.7 203.0.113.1 56324 443\r\n",
      })
  void aConnectionThatAnnouncesNobodyIsClosed(String header) throws IOException {
    assertRefused(header.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11 11 000C C0000207 CB007101 DC04 01BB",
        "22 11 000C C0000207 CB007101 DC04 01BB",
        "21 41 000C C0000207 CB007101 DC04 01BB",
        "21 11 000B C0000207 CB007101 DC04 01BB",
        "21 11 000E C0000207 CB007101 DC04 01BB 0400",
      })
  void aMalformedBinaryHeaderClosesTheConnection(String header) throws IOException {
    assertRefused(binary(header));
  }

  @Test
  void tlsBeginsBehindTheHeader() throws Exception {
    Socket socket = TestCertificate.plain(gateway.api());
    socket
        .getOutputStream()
        .write("PROXY TCP4 192.0.2.7 203.0.113.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
    try (RawClient client = RawClient.over(TestCertificate.connect(socket, NAME))) {
      assertEquals(
          "token-missing",
          client.exchange("GET /some/x HTTP/1.1\r\nHost: api.example.com\r\n\r\n").code());
    }
    Socket bare = TestCertificate.plain(gateway.api());
    assertThrows(IOException.class, () -> TestCertificate.connect(bare, NAME).close());
  }

  @Test
  void everyRequestOfTheConnectionIsThatPeers() throws IOException {
    try (RawClient client = RawClient.over(TestCertificate.plain(gateway.publicApi()))) {
      client.send("PROXY TCP4 192.0.2.8 203.0.113.1 1 2\r\n");
      for (int i = 0; i < 2; i++) {
        assertEquals(200, client.exchange(REQUEST).status());
        assertEquals(Optional.of("192.0.2.8"), upstream.take().header("x-forwarded-for"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "192.0.2.0/24, false"})
  void ofListedProxiesOnlyTheWordIsTaken(String listed, boolean believed, @TempDir Path own)
      throws Exception {
    try (TestGateway listing =
            TestGateway.in(own)
                .service(TestManifest.of("some").route("GET /x").build(), upstream.uri())
                .publicRoutes("all")
                .set("listeners.public.proxyProtocol", true)
                .set("trustedProxies", List.of(listed))
                .start();
        RawClient client = RawClient.over(TestCertificate.plain(listing.publicApi()))) {
      client.send("PROXY TCP4 192.0.2.7 203.0.113.1 1 2\r\n");
      if (believed) {
        assertEquals(200, client.exchange(REQUEST).status());
        assertEquals(Optional.of("192.0.2.7"), upstream.take().header("x-forwarded-for"));
      } else {
        assertTrue(client.ended());
      }
    }
  }

  /** The client's address that a microservice hears of. */
  private static String peerSeenBehind(byte[] header) throws IOException {
    try (RawClient client = RawClient.over(TestCertificate.plain(gateway.publicApi()))) {
      client.send(header);
      assertEquals(200, client.exchange(REQUEST).status());
    }
    RawRequest received = upstream.take();
    String peer = received.header("x-forwarded-for").orElseThrow();
    String node = peer.contains(":") ? "\"[" + peer + "]\"" : peer;
    assertTrue(
        received.header("forwarded").orElseThrow().startsWith("for=" + node + ";"),
        received.lines().toString());
    return peer;
  }

  private static void assertRefused(byte[] header) throws IOException {
    int before = upstream.received().size();
    try (RawClient client = RawClient.over(TestCertificate.plain(gateway.publicApi()))) {
      try {
        client.send(header).send(REQUEST);
        client.shutdownOutput();
      } catch (SocketException e) {
        // It was closed already.
      }
      assertTrue(client.ended());
    }
    assertEquals(before, upstream.received().size());
  }

  private static byte[] binary(String header) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HexFormat.of().parseHex(SIGNATURE));
    bytes.writeBytes(HexFormat.of().parseHex(header.replace(" ", "")));
    return bytes.toByteArray();
  }
}
