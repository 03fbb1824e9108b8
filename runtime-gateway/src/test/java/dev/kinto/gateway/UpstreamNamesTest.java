package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name stands for all its addresses, of both families, at each moment (contract C34). */
class UpstreamNamesTest {
  private static final Manifest MANIFEST = TestManifest.of("m").route("GET /x").build();
  private static final InetAddress FOUR = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress SIX = InetAddress.ofLiteral("::1");

  @TempDir private Path folder;

  @BeforeAll
  static void needsBothFamilies() throws IOException {
    try (RawUpstream _ = RawUpstream.start(SIX, 0)) {
      // This machine has IPv6 on loopback.
    } catch (IOException e) {
      assumeTrue(false, "this machine has no IPv6 loopback: " + e);
    }
  }

  private TestGateway.Builder gatewayTo(String... upstreams) throws IOException {
    return TestGateway.in(folder)
        .service("m", MANIFEST.toJson())
        .serviceKey("upstreams", List.of(upstreams))
        .serviceKey("upstreamLimits", Map.of("dnsRefresh", "PT0.2S"))
        .publicRoutes("all");
  }

  private static RawAnswer call(TestGateway gateway) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      return client.exchange("GET /demo-web/m/x HTTP/1.1\r\nHost: test\r\n\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"shop_orders, shop_orders", "Shop.Example., shop.example.", "_a._b, _a._b"})
  void namesAreWhatContainersHave(String written, String lookedUp) throws Exception {
    TestNames.put(lookedUp, "127.0.0.1");
    try (RawUpstream upstream = RawUpstream.start();
        TestGateway gateway = gatewayTo("http://" + written + ":" + upstream.port()).start()) {
      assertEquals(200, call(gateway).status());
      assertEquals(lookedUp + ":" + upstream.port(), upstream.take().header("host").orElseThrow());
    }
  }

  /** The machine's own look-up, and a service that listens on one family only. */
  @ParameterizedTest
  @CsvSource({"127.0.0.1", "::1"})
  void localhostIsReachedWhereverItListens(String literal) throws Exception {
    assumeTrue(
        List.of(InetAddress.getAllByName("localhost")).contains(InetAddress.ofLiteral(literal)),
        "localhost is not " + literal + " on this machine");
    try (RawUpstream upstream = RawUpstream.start(InetAddress.ofLiteral(literal), 0);
        TestGateway gateway = gatewayTo("http://localhost:" + upstream.port()).start()) {
      for (int i = 0; i < 20; i++) {
        assertEquals(200, call(gateway).status());
      }
    }
  }

  @Test
  @SuppressWarnings("try") // one upstream goes in the middle of the test
  void allAddressesAreUsedAndSetAsideByThemselves() throws Exception {
    TestNames.put("both", "127.0.0.1", "::1");
    try (LogLines log = LogLines.open();
        RawUpstream four = RawUpstream.start(FOUR, 0);
        RawUpstream six = RawUpstream.start(SIX, four.port());
        TestGateway gateway = gatewayTo("http://both:" + four.port()).start()) {
      while (four.received().isEmpty() || six.received().isEmpty()) {
        assertEquals(200, call(gateway).status());
      }
      String at = "http://both:" + four.port() + " at ::1";
      six.close();
      awaitRefusal(four.port());
      while (log.with("set aside").isEmpty()) {
        assertEquals(200, call(gateway).status());
      }
      assertTrue(
          log.with("set aside").getFirst().startsWith("WARNING Upstream of m set aside: " + at),
          log.with("set aside").toString());
      try (RawUpstream again = RawUpstream.start(SIX, four.port())) {
        while (log.with("back again").isEmpty()) {
          assertEquals(200, call(gateway).status());
        }
        assertEquals("INFO Upstream of m back again: " + at, log.with("back again").getFirst());
        while (again.received().isEmpty()) {
          assertEquals(200, call(gateway).status());
        }
      }
      assertEquals(1, log.with("set aside").size(), "one line for all its failures");
    }
  }

  /** A socket that is being closed may accept one more connection, and reset it. */
  private static void awaitRefusal(int port) throws IOException {
    boolean open = true;
    while (open) {
      try (Socket _ = new Socket(SIX, port)) {
        Thread.onSpinWait();
      } catch (ConnectException e) {
        open = false;
      }
    }
  }

  @Test
  void aNameThatMovesIsFollowedAndIdleConnectionsEnd() throws Exception {
    TestNames.put("moves", "127.0.0.1");
    try (LogLines log = LogLines.open();
        RawUpstream old = RawUpstream.start(FOUR, 0);
        RawUpstream next = RawUpstream.start(SIX, old.port());
        TestGateway gateway = gatewayTo("http://moves:" + old.port()).start()) {
      assertEquals(200, call(gateway).status());
      assertEquals(1, old.received().size());

      TestNames.put("moves", "::1");
      log.await("The name of http://moves:" + old.port() + " stands for ::1 now");
      old.reset();
      for (int i = 0; i < 10; i++) {
        assertEquals(200, call(gateway).status());
      }
      assertEquals(0, old.received().size());
      assertEquals(10, next.received().size());
      old.awaitNoConnections();
    }
  }

  @Test
  void whatCannotBeLookedUpAnyMoreStays() throws Exception {
    TestNames.put("flickers", "127.0.0.1");
    try (LogLines log = LogLines.open();
        RawUpstream upstream = RawUpstream.start();
        TestGateway gateway = gatewayTo("http://flickers:" + upstream.port()).start()) {
      assertEquals(200, call(gateway).status());
      TestNames.put("flickers");
      log.await("cannot be looked up, and its last addresses stay in use");
      assertEquals(200, call(gateway).status());

      TestNames.put("flickers", "127.0.0.1");
      log.await("The name of http://flickers:" + upstream.port() + " is known again");
    }
  }

  @Test
  void aNameThatIsNotKnownYetKeepsNobodyFromServing() throws Exception {
    TestNames.put("later");
    TestNames.put("now", "127.0.0.1");
    try (RawUpstream upstream = RawUpstream.start();
        TestGateway gateway =
            gatewayTo("http://later:" + upstream.port(), "http://now:" + upstream.port()).start()) {
      assertEquals(200, call(gateway).status());
    }
    try (LogLines log = LogLines.open();
        RawUpstream upstream = RawUpstream.start();
        TestGateway gateway = gatewayTo("http://later:" + upstream.port()).start()) {
      assertEquals("upstream-unreachable", call(gateway).code());
      TestNames.put("later", "127.0.0.1");
      log.await("The name of http://later:" + upstream.port() + " is known again");
      assertEquals(200, call(gateway).status());
    }
  }

  /** C42: a request ends as it began, and what it was for stays forgotten. */
  @Test
  void aRequestFromBeforeAReloadBringsNoOriginBack() throws Exception {
    TestNames.put("gone", "127.0.0.1");
    TestNames.put("stays", "127.0.0.1");
    try (LogLines log = LogLines.open();
        RawUpstream old = RawUpstream.start();
        RawUpstream next = RawUpstream.start();
        TestGateway gateway = gatewayTo("http://gone:" + old.port()).start()) {
      while (old.received().isEmpty()) {
        gateway.reload(gatewayTo("http://gone:" + old.port()));
        try (RawClient client = gateway.connectPublic()) {
          // A GET is not sent on before it is known whether it has a body.
          client.send(
              "GET /demo-web/m/x HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
          gateway.reload(gatewayTo("http://stays:" + next.port()));
          assertEquals(200, client.exchange("1\r\nx\r\n0\r\n\r\n").status());
        }
      }

      assertEquals(200, call(gateway).status());
      TestNames.put("gone");
      for (String address : List.of("::1", "127.0.0.1")) {
        TestNames.put("stays", address);
        log.await("The name of http://stays:%d stands for %s".formatted(next.port(), address));
      }
      assertEquals(List.of(), log.with("The name of http://gone"), "nobody asks for it any more");
    }
  }

  /** The JDK takes a name with an underscore for none, in certificates too. */
  @ParameterizedTest
  @CsvSource({
    "shop_tls, shop_tls, 200",
    "shop_tls.example, *.example, 200",
    "tls.example., tls.example, 200",
    "shop_tls, shop_other, 502",
    "a.shop_tls.example, *.example, 502"
  })
  void certificatesOfSuchNamesAreJudged(String name, String certified, int status)
      throws Exception {
    TestNames.put(name, "127.0.0.1");
    TestCertificate certificate = TestCertificate.in(folder, certified.replace('*', 'x'));
    if (certified.startsWith("*")) {
      certificate =
          new TestCertificate(
              new HeldCertificate.Builder().addSubjectAlternativeName(certified).build(),
              certificate.certificate(),
              certificate.key());
      Files.writeString(certificate.certificate(), certificate.held().certificatePem());
    }
    try (RawUpstream upstream = RawUpstream.start(server(certificate));
        TestGateway gateway =
            gatewayTo("https://" + name + ":" + upstream.port())
                .serviceKey("upstreamTls", Map.of("trust", certificate.certificate().toString()))
                .start()) {
      RawAnswer answer = call(gateway);

      assertEquals(status, answer.status(), answer.toString());
      assertEquals(status == 200 ? "" : "upstream-unreachable", answer.code());
    }
  }

  private static SSLContext server(TestCertificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        certificate.held().keyPair().getPrivate(),
        new char[0],
        new X509Certificate[] {certificate.held().certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void manifestsAreAskedAtAllAddressesToo() throws Exception {
    TestNames.put("shop_m", "127.0.0.1", "::1");
    try (RawUpstream upstream = RawUpstream.start(SIX, 0)) {
      String json = MANIFEST.toJson();
      upstream.answers(
          (request, connection) ->
              connection.send(
                  request.target().equals(Manifest.WELL_KNOWN_PATH)
                      ? "HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json
                      : RawUpstream.OK));
      try (TestGateway gateway =
          TestGateway.in(folder)
              .running("m", URI.create("http://shop_m:" + upstream.port()))
              .publicRoutes("all")
              .start()) {
        Set<Integer> seen = new HashSet<>();
        while (!seen.contains(200)) {
          seen.add(call(gateway).status());
        }
        assertTrue(Set.of(200, 503).containsAll(seen), seen.toString());
      }
    }
  }
}
