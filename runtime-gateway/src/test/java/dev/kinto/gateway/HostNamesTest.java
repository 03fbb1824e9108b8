package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listeners told apart by host name on one port (contract C18, C36). */
class HostNamesTest {
  private static final String API = "api.example.com";
  private static final String PUBLIC = "public.api.example.com";

  private static Path folder;
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway plain;
  @AutoClose private static TestGateway secure;
  private static TestCertificate apiCertificate;
  private static TestCertificate publicCertificate;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    upstream = RawUpstream.start();
    plain = onOnePort("plain").start();
    apiCertificate = TestCertificate.in(folder, API);
    publicCertificate = TestCertificate.in(folder, PUBLIC);
    secure =
        onOnePort("secure")
            .set("listeners.api.tls", apiCertificate.config())
            .set("listeners.public.tls", publicCertificate.config())
            .start();
  }

  /** The credential that caches do not know is the api listener's (contract C32). */
  @ParameterizedTest
  @CsvSource({API + ", /some/x, Kinto-Authorization", PUBLIC + ", /demo-web/some/x, ''"})
  void answersSayWhatTheyDependOnByTheirOwnListener(String host, String path, String vary)
      throws IOException {
    try (RawClient client = plain.connect()) {
      RawAnswer answer = client.exchange("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertEquals(vary, answer.header("vary").orElse(""), answer.toString());
    }
  }

  private static TestGateway.Builder onOnePort(String name) throws IOException {
    int port = freePort();
    return TestGateway.in(Files.createDirectory(folder.resolve(name)))
        .service(TestManifest.of("some").route("GET /x").build(), upstream.uri())
        .publicRoutes("all")
        .set("listeners.api.port", port)
        .set("listeners.api.hosts", List.of("API.example.com", "second.example.com"))
        .set("listeners.public.port", port)
        .set("listeners.public.hosts", List.of(PUBLIC));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.com, token-missing",
    "API.Example.COM:8443, token-missing",
    "second.example.com., token-missing",
    "public.api.example.com, client-unknown",
    "public.api.example.com:80, client-unknown",
    "example.com, host-unknown",
    "127.0.0.1, host-unknown",
    "[::1]:80, host-unknown",
  })
  void theHostDecidesWhichListenerAnswers(String host, String code) throws IOException {
    assertEquals(plain.api(), plain.publicApi());
    try (RawClient client = plain.connect()) {
      RawAnswer answer = client.exchange("GET /some/x HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertEquals(code, answer.code());
      assertEquals(code.equals("host-unknown") ? 421 : answer.status(), answer.status());
    }
  }

  @Test
  void oneConnectionMayServeBothNames() throws IOException {
    try (RawClient client = plain.connect()) {
      assertEquals("token-missing", code(client, API));
      assertEquals("client-unknown", code(client, PUBLIC));
      assertEquals("host-unknown", code(client, "elsewhere.example.com"));
      assertEquals("token-missing", code(client, API));
    }
  }

  @Test
  void aNameIsShownItsOwnCertificate() throws Exception {
    try (SSLSocket socket = TestCertificate.connect(secure.api(), PUBLIC)) {
      assertEquals(publicCertificate.held().certificate(), TestCertificate.shownBy(socket));
    }
    for (String name : List.of(API, "second.example.com", "unknown.example.com", "")) {
      try (SSLSocket socket = TestCertificate.connect(secure.api(), name)) {
        assertEquals(apiCertificate.held().certificate(), TestCertificate.shownBy(socket), name);
      }
    }
  }

  @Test
  void theHostMustAgreeWithTheNameOfTheHandshake() throws Exception {
    try (RawClient client = RawClient.over(TestCertificate.connect(secure.api(), PUBLIC))) {
      assertEquals("client-unknown", code(client, PUBLIC));
      assertEquals("host-unknown", code(client, API));
    }
    try (RawClient client = RawClient.over(TestCertificate.connect(secure.api(), API))) {
      assertEquals("token-missing", code(client, "API.example.com:443"));
      assertEquals("host-unknown", code(client, PUBLIC));
      assertEquals("host-unknown", code(client, "second.example.com"));
    }
  }

  @Test
  void aClientThatNamesNobodyInItsHandshakeIsToldByTheHostAlone() throws Exception {
    try (RawClient client = RawClient.over(TestCertificate.connect(secure.api(), ""))) {
      assertEquals("client-unknown", code(client, PUBLIC));
      assertEquals("token-missing", code(client, API));
    }
  }

  private static String code(RawClient client, String host) throws IOException {
    return client.exchange("GET /some/x HTTP/1.1\r\nHost: " + host + "\r\n\r\n").code();
  }

  @Test
  void listenersOfOnePortNeedNames() throws IOException {
    assertProblem(
        builder().set("listeners.public.port", 8080),
        "listeners.public: the listeners api and public have the same address: give each its"
            + " \"hosts\", by which requests are told apart, or another port.");
    assertProblem(
        builder()
            .set("listeners.public.port", 8080)
            .set("listeners.api.hosts", List.of("a.example.com", "b.example.com"))
            .set("listeners.public.hosts", List.of("B.example.com")),
        "listeners.public.hosts[0]: the listener api answers for this name already. Remove one."
            + " Found: \"B.example.com\"");
    assertProblem(
        builder()
            .set("listeners.public.port", 8080)
            .set("listeners.api.hosts", List.of("a.example.com"))
            .set("listeners.public.hosts", List.of("b.example.com"))
            .set("listeners.public.tls", apiCertificate.config()),
        "listeners.public: listeners of one address must agree on whether there is \"tls\", on its"
            + " \"minVersion\", on \"http2\" and on \"proxyProtocol\".");
    assertProblem(
        builder().set("listeners.api.hosts", List.of("https://a.example.com")),
        "listeners.api.hosts[0]: a host name is wanted, without scheme, port and \"*\":"
            + " \"api.example.com\". Found: \"https://a.example.com\"");
  }

  /** C42: the certificate is what is wrong, not that only one of the listeners has one. */
  @Test
  void aDamagedCertificateOfOneNameIsTheOnlyProblem() throws IOException {
    TestGateway.Builder builder = builder().set("listeners.public.port", 8080);
    Path damaged = folder.resolve("refused/damaged.pem");
    Files.writeString(damaged, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    Map<String, Object> tls = new HashMap<>(apiCertificate.config());
    tls.put("certificate", damaged.toString());
    InvalidConfigException refused =
        assertThrows(
            InvalidConfigException.class,
            () ->
                builder
                    .set("listeners.api.hosts", List.of("a.example.com"))
                    .set("listeners.public.hosts", List.of("b.example.com"))
                    .set("listeners.api.tls", tls)
                    .set("listeners.public.tls", apiCertificate.config())
                    .build()
                    .orThrow());
    assertEquals(1, refused.problems().size(), refused.getMessage());
    assertTrue(refused.getMessage().contains("listeners.api.tls.certificate: a certificate in"));
  }

  @Test
  void theAdminListenerSharesItsPortWithNobody() throws IOException {
    assertProblem(
        builder().set("listeners.admin.port", 8080).set("listeners.admin.hosts", List.of("admin")),
        "listeners.admin: the admin listener shares its port with no other. Give it its own.");
  }

  private static TestGateway.Builder builder() throws IOException {
    return TestGateway.in(Files.createDirectories(folder.resolve("refused")))
        .set("listeners.api.port", 8080);
  }

  private static void assertProblem(TestGateway.Builder builder, String text) {
    InvalidConfigException refused =
        assertThrows(InvalidConfigException.class, () -> builder.build().orThrow());
    assertEquals(1, refused.problems().size(), refused.problems().toString());
    assertTrue(refused.problems().getFirst().endsWith(text), refused.problems().getFirst());
  }
}
