package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners with certificates of their own (contract C18). */
@Isolated("it counts the open files of the process")
class TlsTest {
  private static final String NAME = "api.example.com";

  private static Path folder;
  private static TestCertificate certificate;
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    certificate = TestCertificate.in(folder, NAME);
    TestCertificate rsa =
        TestCertificate.in(folder, "public.example.com", new HeldCertificate.Builder().rsa2048());
    Map<String, Object> onlyNew = new HashMap<>(rsa.config());
    onlyNew.put("minVersion", "TLSv1.3");
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .service(TestManifest.of("some").route("GET /x").build(), upstream.uri())
            .publicRoutes("all")
            .set("listeners.api.tls", certificate.config())
            .set("listeners.public.tls", onlyNew)
            .start();
  }

  @Test
  void theWholeWayIsSecure() throws Exception {
    upstream.answers(
        "HTTP/1.1 302 Found\r\nLocation: %s/there\r\nContent-Length: 0\r\n\r\n"
            .formatted(upstream.uri()));
    try (RawClient client = client()) {
      String token = issue(client).json().path("token").stringValue();
      RawAnswer answer =
          client.exchange(
              "GET /some/x HTTP/1.1\r\nHost: api.example.com\r\nOrigin: https://api.example.com\r\n"
                  + "Kinto-Authorization: Bearer "
                  + token
                  + "\r\n\r\n");
      assertEquals(302, answer.status());
      assertEquals(Optional.of("https://api.example.com/some/there"), answer.header("location"));
    }
    assertEquals(Optional.of("https"), upstream.take().header("x-forwarded-proto"));
    assertEquals("https", gateway.api().getScheme());
  }

  @Test
  void ofOriginsOnlyTheSecureOneIsItsOwn() throws Exception {
    try (RawClient client = client()) {
      RawAnswer answer =
          client.exchange(
              "OPTIONS /some/x HTTP/1.1\r\nHost: api.example.com\r\nOrigin:"
                  + " http://api.example.com\r\nAccess-Control-Request-Method: GET\r\n\r\n");
      assertEquals("origin-not-allowed", answer.code());
    }
  }

  /** What has ended is closed: nothing of it stays behind, whoever ended it. */
  @Test
  void aConnectionThatEndedHoldsNoSocket() throws Exception {
    int count = 60;
    long before = openFiles();
    for (int i = 0; i < count; i++) {
      try (RawClient client = client()) {
        String end = i % 2 == 0 ? "Connection: close\r\n" : "";
        assertEquals(
            401,
            client
                .exchange("GET /some/x HTTP/1.1\r\nHost: api.example.com\r\n" + end + "\r\n")
                .status());
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (openFiles() - before > count / 2 && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertTrue(openFiles() - before <= count / 2, "sockets stay open");
  }

  private static long openFiles() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
        .getOpenFileDescriptorCount();
  }

  @Test
  void theNewestVersionIsSpoken() throws Exception {
    try (SSLSocket socket = TestCertificate.connect(gateway.api(), NAME)) {
      assertEquals("TLSv1.3", socket.getSession().getProtocol());
      assertEquals(certificate.held().certificate(), TestCertificate.shownBy(socket));
    }
    try (SSLSocket socket = TestCertificate.connect(gateway.api(), NAME, "TLSv1.2")) {
      assertTrue(
          socket.getSession().getCipherSuite().matches("TLS_ECDHE_ECDSA_WITH_.*(GCM|CHACHA20).*"),
          socket.getSession().getCipherSuite());
    }
  }

  @Test
  void versionsBelowTheConfiguredOneAreRefused() throws Exception {
    assertThrows(
        SSLHandshakeException.class,
        () -> TestCertificate.connect(gateway.publicApi(), NAME, "TLSv1.2").close());
    try (SSLSocket socket = TestCertificate.connect(gateway.publicApi(), NAME, "TLSv1.3")) {
      assertEquals("RSA", TestCertificate.shownBy(socket).getPublicKey().getAlgorithm());
    }
  }

  @Test
  void ciphersWithoutAuthenticatedEncryptionAreRefused() throws Exception {
    SSLSocket socket =
        (SSLSocket)
            TestCertificate.anyCertificate()
                .getSocketFactory()
                .createSocket(TestCertificate.plain(gateway.api()), null, 0, true);
    try (socket) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
      assertThrows(SSLHandshakeException.class, socket::startHandshake);
    }
  }

  @Test
  void plainTextOnATlsPortGetsNoAnswer() throws Exception {
    try (RawClient client = RawClient.over(TestCertificate.plain(gateway.api()))) {
      client.send("GET /auth HTTP/1.1\r\nHost: api.example.com\r\n\r\n");
      assertThrows(IOException.class, client::readHead);
    }
  }

  @Test
  void changedFilesAreTakenUpWithoutARestart() throws Exception {
    Path own = Files.createDirectory(folder.resolve("renewed"));
    TestCertificate first = TestCertificate.in(own, NAME);
    try (TestGateway renewing = start(own, first);
        RawClient open = RawClient.over(TestCertificate.connect(renewing.api(), NAME))) {
      assertEquals(200, issue(open).status());

      TestCertificate second =
          TestCertificate.in(own, NAME, new HeldCertificate.Builder().rsa2048());
      awaitShown(renewing, second.held().certificate());
      assertEquals(200, issue(open).status(), "an open connection goes on");

      // The key of another certificate, then one that is none, then no file at all.
      TestCertificate other = TestCertificate.in(own, "other.example.com");
      Files.copy(other.key(), replaced(second.key()));
      staysShown(renewing, second.held().certificate());
      Files.writeString(second.certificate(), "none");
      staysShown(renewing, second.held().certificate());
      Files.delete(second.certificate());
      staysShown(renewing, second.held().certificate());

      TestCertificate third = TestCertificate.in(own, NAME);
      awaitShown(renewing, third.held().certificate());
      assertEquals(200, issue(open).status(), "an open connection goes on");
    }
  }

  private static Path replaced(Path file) throws IOException {
    Files.delete(file);
    return file;
  }

  /** New connections see this certificate before long. */
  private static void awaitShown(TestGateway renewing, X509Certificate wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!shown(renewing).equals(wanted)) {
      assertTrue(System.nanoTime() < end, "the new certificate was not taken up");
    }
  }

  /** For longer than the gateway takes to look again, new connections see this certificate. */
  private static void staysShown(TestGateway renewing, X509Certificate wanted) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2500);
    while (System.nanoTime() < end) {
      assertEquals(wanted, shown(renewing));
    }
  }

  private static X509Certificate shown(TestGateway renewing) throws Exception {
    try (SSLSocket socket = TestCertificate.connect(renewing.api(), NAME)) {
      return TestCertificate.shownBy(socket);
    }
  }

  private static TestGateway start(Path own, TestCertificate shown) throws Exception {
    return TestGateway.in(own).set("listeners.api.tls", shown.config()).start();
  }

  @Test
  void anExpiredCertificateIsAWarning() throws Exception {
    Path own = Files.createDirectory(folder.resolve("expired"));
    TestCertificate expired =
        TestCertificate.in(
            own,
            NAME,
            new HeldCertificate.Builder()
                .validityInterval(
                    Instant.parse("2020-01-01T00:00:00Z").toEpochMilli(),
                    Instant.parse("2021-01-01T00:00:00Z").toEpochMilli()));
    try (TestGateway started = start(own, expired)) {
      assertEquals(1, started.warnings().size());
      assertTrue(
          started
              .warnings()
              .getFirst()
              .endsWith(
                  "listeners.api.tls: the certificate expired at 2021-01-01T00:00:00Z; clients will"
                      + " refuse it."),
          started.warnings().getFirst());
    }
  }

  @Test
  void filesThatCannotBeUsedAreRefusedAtTheStart() throws Exception {
    Path own = Files.createDirectory(folder.resolve("wrong"));
    TestCertificate good = TestCertificate.in(own, NAME);
    TestCertificate other = TestCertificate.in(own, "other");
    TestCertificate rsa = TestCertificate.in(own, "rsa", new HeldCertificate.Builder().rsa2048());
    Path missing = own.resolve("missing.pem");
    Path text = Files.writeString(own.resolve("text.pem"), "hello");
    Path damaged =
        Files.writeString(
            own.resolve("damaged.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Path old = Files.writeString(own.resolve("old.pem"), rsa.held().privateKeyPkcs1Pem());
    Path sec1 = Files.writeString(own.resolve("sec1.pem"), block("EC PRIVATE KEY"));
    Path encrypted =
        Files.writeString(own.resolve("encrypted.pem"), block("ENCRYPTED PRIVATE KEY"));

    assertProblem(
        missing, good.key(), "certificate: there is no such file; .* Found: \".*missing.pem\"");
    assertProblem(
        good.certificate(), missing, "key: there is no such file; .* Found: \".*missing.pem\"");
    assertProblem(text, good.key(), "certificate: the file holds no certificate: .*");
    assertProblem(good.certificate(), text, "key: the file holds no private key: .*");
    assertProblem(damaged, good.key(), "certificate: a certificate in the file is damaged: .*");
    assertProblem(good.certificate(), damaged, "key: the private key is damaged.*");
    assertProblem(
        good.certificate(), old, "key: the key has the old form PKCS#1; .*openssl pkcs8 -topk8.*");
    assertProblem(good.certificate(), sec1, "key: the key has the old form SEC1; .*");
    assertProblem(good.certificate(), encrypted, "key: the key is encrypted; .*openssl pkcs8.*");
    for (TestCertificate wrong : List.of(other, rsa)) {
      assertProblem(
          good.certificate(),
          wrong.key(),
          "key: the key does not belong to the certificate \"CN=api.example.com\".* Found: \""
              + Pattern.quote(wrong.key().toString())
              + "\"");
    }
  }

  private static String block(String kind) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getEncoder().encodeToString(new byte[40]), kind);
  }

  private static void assertProblem(Path certificateFile, Path keyFile, String pattern) {
    Map<String, Object> tls =
        Map.of("certificate", certificateFile.toString(), "key", keyFile.toString());
    InvalidConfigException refused =
        assertThrows(
            InvalidConfigException.class,
            () -> TestGateway.in(folder).set("listeners.api.tls", tls).build().orThrow());
    assertEquals(1, refused.problems().size(), refused.problems().toString());
    String problem = refused.problems().getFirst();
    assertTrue(problem.matches("(?s).*:[0-9]+: listeners\\.api\\.tls\\." + pattern), problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.1", "1.3", ""})
  void onlyKnownVersionsAreAccepted(String version) {
    Map<String, Object> tls = new HashMap<>(certificate.config());
    tls.put("minVersion", version);
    InvalidConfigException refused =
        assertThrows(
            InvalidConfigException.class,
            () -> TestGateway.in(folder).set("listeners.api.tls", tls).build().orThrow());
    assertTrue(
        refused.problems().getFirst().contains("\"TLSv1.2\" or \"TLSv1.3\" is wanted."),
        refused.getMessage());
  }

  @Test
  void aChainIsShownWhole() throws Exception {
    Path own = Files.createDirectory(folder.resolve("chain"));
    HeldCertificate root = new HeldCertificate.Builder().certificateAuthority(0).build();
    TestCertificate leaf =
        TestCertificate.in(own, NAME, new HeldCertificate.Builder().signedBy(root));
    Files.writeString(
        leaf.certificate(),
        "a note\n" + leaf.held().certificatePem() + "\n" + root.certificatePem());
    try (TestGateway started = start(own, leaf);
        SSLSocket socket = TestCertificate.connect(started.api(), NAME)) {
      assertArrayEquals(
          new Object[] {leaf.held().certificate(), root.certificate()},
          socket.getSession().getPeerCertificates());
      assertNotEquals(root.certificate(), leaf.held().certificate());
    }
  }

  private static RawClient client() throws IOException, GeneralSecurityException {
    return RawClient.over(TestCertificate.connect(gateway.api(), NAME));
  }

  private static RawAnswer issue(RawClient client) throws IOException {
    String body =
        "{\"clientId\":\"%s\",\"clientSecret\":\"%s\"}"
            .formatted(TestGateway.CLIENT, TestGateway.SECRET);
    return client.exchange(
        "POST /auth HTTP/1.1\r\nHost: api.example.com\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }
}
