package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.SecretHash;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What operators ask with their secret (contract C44). */
class AdminApiTest {
  private static final String OTHER = "the-secret-that-takes-its-place-0123456789";

  @TempDir static Path folder;
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway gateway;
  private static AdminClient operator;
  private static URI gone;

  @BeforeAll
  static void start() throws Exception {
    upstream = RawUpstream.start();
    try (ServerSocket free = new ServerSocket(0)) {
      gone = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
    gateway = builder().start();
    operator = AdminClient.of(gateway);
  }

  private static TestGateway.Builder builder() throws Exception {
    return TestGateway.in(folder)
        .set("admin.secretHash", SecretHash.of(AdminClient.SECRET).toString())
        .set("admin.sensitive", List.of("auth-email"))
        .service(
            TestManifest.of("auth").route("POST /login").writes("auth-userId").build(),
            upstream.uri())
        .service(
            TestManifest.of("articles")
                .route("GET /articles/{id}")
                .route("POST /articles")
                .reads("auth-userId")
                .build(),
            upstream.uri(),
            gone)
        .publicRoutes("GET /articles/{id}")
        .running("later", gone);
  }

  @Test
  void allItsAnswersAreAsItsDescriptionSays() throws Exception {
    AdminDocument document = AdminDocument.of(operator);

    var read = new OpenAPIV3Parser().readContents(document.json().toString());
    assertEquals(List.of(), read.getMessages());
    assertEquals("3.1.0", read.getOpenAPI().getOpenapi());
    for (String path : read.getOpenAPI().getPaths().keySet()) {
      if (!path.contains("{") && !path.equals("/metrics")) {
        document.requireFit("get", path, operator.ask("GET " + path));
        document.requireFit("get", path, operator.ask("GET " + path + "?nothing=1"));
      }
    }
    assertTrue(read.getOpenAPI().getPaths().size() > 5);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 401, operator-invalid",
    "Authorization: Bearer, 401, operator-invalid",
    "Authorization: Basic YTpi, 401, operator-invalid",
    "Authorization: Bearer wrong, 401, operator-invalid",
    "'Authorization: Bearer wrong\r\nAuthorization: Bearer wrong', 400, request-invalid",
    "Kinto-Authorization: Bearer the-secret-of-an-operator-0123456789abcdef, 401, operator-invalid",
    "Authorization: bearer the-secret-of-an-operator-0123456789abcdef, 200, ''",
  })
  void itAsksForAnOperatorsSecret(String line, int status, String code) throws Exception {
    RawAnswer answer =
        operator.askWith("GET /api/configuration", line.isEmpty() ? "Accept: */*" : line);

    assertEquals(status, answer.status(), answer.toString());
    assertEquals(code, answer.code());
    assertEquals(
        status == 401 ? Optional.of("Bearer") : Optional.empty(),
        answer.header("www-authenticate"));
  }

  /** Pages of others and foreign names are refused before the secret counts (contract C43). */
  @ParameterizedTest
  @ValueSource(strings = {"Origin: https://evil.example", "Origin: null"})
  void aPageMayNotAskEvenWithTheSecret(String line) throws Exception {
    RawAnswer answer =
        operator.askWith(
            "GET /api/configuration", line, "Authorization: Bearer " + AdminClient.SECRET);

    assertEquals("origin-not-allowed", answer.code(), answer.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/nothing, 404, address-unknown",
    "GET /, 404, address-unknown",
    "GET /api/environments/, 404, address-unknown",
    "POST /api/environments, 405, method-not-allowed",
    "DELETE /api/configuration, 405, method-not-allowed",
    "GET /api/environments?x=1, 400, parameter-invalid",
    "GET /api/environments?%zz, 400, parameter-invalid",
    "GET /api/environments?x=%ff, 400, parameter-invalid",
    "HEAD /api/environments, 200, ''",
    "GET /api/environments?, 200, ''",
  })
  void whatItDoesNotKnowIsSaid(String request, int status, String code) throws Exception {
    RawAnswer answer = operator.ask(request);

    assertEquals(status, answer.status(), answer.toString());
    assertEquals(code, request.startsWith("HEAD") ? "" : answer.code());
  }

  @Test
  void environmentsTellOfServicesRoutesUpstreamsAndClients() throws Exception {
    gateway.send("POST /auth/login", gateway.token()); // looks the name up, at least
    JsonNode demo = operator.ask("GET /api/environments").json().path("environments").get(0);
    assertEquals("demo", demo.path("name").stringValue());
    JsonNode auth = demo.path("services").get(0);
    JsonNode articles = demo.path("services").get(1);
    JsonNode later = demo.path("services").get(2);

    assertEquals("auth", auth.path("name").stringValue());
    assertTrue(auth.path("ready").booleanValue());
    assertEquals(64, auth.path("manifestDigest").stringValue().length());
    assertNotEquals(auth.path("manifestDigest"), articles.path("manifestDigest"));
    JsonNode publish = articles.path("routes").get(0);
    assertEquals("POST", publish.path("method").stringValue());
    assertEquals("/articles", publish.path("path").stringValue());
    assertFalse(publish.path("isPublic").booleanValue());
    assertTrue(articles.path("routes").get(1).path("isPublic").booleanValue());
    assertEquals(
        "auth-userId", publish.path("reads").get(0).path("field").stringValue(), publish::toString);
    assertFalse(later.path("ready").booleanValue());
    assertEquals("UNKNOWN", later.path("upstreams").get(0).path("state").stringValue());
    assertEquals("demo-web", demo.path("clients").get(0).path("id").stringValue());
    assertFalse(demo.toString().contains("sha256:"), "no hash of a secret");
  }

  @Test
  void anInstanceThatIsDownIsSeenWithItsReason() throws Exception {
    JsonNode down = null;
    while (down == null) {
      try (RawClient client = gateway.connectPublic()) {
        client.exchange("GET /demo-web/articles/articles/1 HTTP/1.1\r\nHost: h\r\n\r\n");
      }
      JsonNode environment =
          operator.ask("GET /api/environments").json().path("environments").get(0);
      for (JsonNode each : environment.path("services").get(1).path("upstreams")) {
        down = each.path("state").stringValue().equals("DOWN") ? each : down;
      }
    }

    assertEquals(gone.toString(), down.path("origin").stringValue());
    assertEquals("127.0.0.1", down.path("address").stringValue());
    assertEquals(gone.toString(), down.path("name").stringValue());
    assertTrue(down.path("lastFailure").path("reason").stringValue().contains("refused"));
  }

  @Test
  void theGridSaysWhereSessionsAreKept() throws Exception {
    JsonNode grid = operator.ask("GET /api/grid").json();

    assertEquals("EMBEDDED", grid.path("mode").stringValue(), grid.toString());
    assertTrue(grid.path("available").booleanValue());
    assertEquals("ROOMY", grid.path("memory").stringValue());
    assertEquals(1, grid.path("nodes").size());
    assertTrue(grid.path("nodes").get(0).path("self").booleanValue());
  }

  @Test
  void theConfigurationInForceIsShownAsItIsWrittenAndNoSecret(@TempDir Path other)
      throws Exception {
    String key = "a-key-of-tokens-that-nobody-else-knows-0123";
    Path file = Files.writeString(other.resolve("value"), "a-value-in-a-file");
    TestGateway.Builder builder =
        TestGateway.in(other)
            .set("admin.secretHash", List.of(SecretHash.of(AdminClient.SECRET).toString()))
            .set("admin.index", List.of("auth-userId"))
            .tokenKey("k9", key)
            .config("Mail-Password", "a-configured-secret")
            .set("environments.demo.config.Other", Map.of("secretFile", file.toString()));
    try (TestGateway shown = builder.start()) {
      RawAnswer answer = AdminClient.of(shown).ask("GET /api/configuration");
      AdminDocument.of(AdminClient.of(shown)).requireFit("get", "/api/configuration", answer);
      Map<String, String> settings = new HashMap<>();
      answer
          .json()
          .path("settings")
          .forEach(
              each ->
                  settings.put(
                      each.path("key").stringValue(), each.path("value").asString("(hidden)")));

      assertEquals("0", settings.get("listeners.admin.port"), answer.text());
      assertEquals("k9", settings.get("tokens.keys[0].id"));
      assertEquals("auth-userId", settings.get("admin.index[0]"));
      assertEquals(file.toString(), settings.get("environments.demo.config.Other.secretFile"));
      for (String secret :
          List.of(
              "tokens.keys[0].secret",
              "environments.demo.config.Mail-Password",
              "admin.secretHash[0]",
              "clients[0].secretHash")) {
        assertEquals("(hidden)", settings.get(secret), secret);
      }
      for (String text : List.of(key, "a-configured-secret", "a-value-in-a-file", "sha256:")) {
        assertFalse(answer.text().contains(text), text);
      }
      assertEquals("auth-userid", answer.json().path("indexed").get(0).stringValue());
    }
  }

  @Test
  void withoutASecretItSaysHowToGetOne(@TempDir Path other) throws Exception {
    try (TestGateway closed = TestGateway.in(other).start()) {
      RawAnswer answer = AdminClient.of(closed).ask("GET /api/environments");

      assertEquals("admin-disabled", answer.code(), answer.toString());
      assertEquals(404, answer.status());
      assertTrue(answer.text().contains("admin new"), answer.text());
      assertEquals(200, AdminClient.of(closed).askWith("GET /health/ready").status());
    }
  }

  @Test
  void wrongSecretsAreThrottledAndRightOnesAreNot(@TempDir Path other) throws Exception {
    try (TestGateway tried =
        TestGateway.in(other)
            .set("admin.secretHash", SecretHash.of(AdminClient.SECRET).toString())
            .start()) {
      AdminClient right = AdminClient.of(tried);
      AdminClient wrong = new AdminClient(tried.admin(), "wrong");
      for (int i = 0; i < 10; i++) {
        assertEquals(401, wrong.ask("GET /api/environments").status());
      }
      RawAnswer refused = wrong.ask("GET /api/environments");

      assertEquals("rate-limited", refused.code(), refused.toString());
      assertTrue(refused.header("retry-after").isPresent());
      assertEquals(200, right.ask("GET /api/environments").status());
    }
  }

  @Test
  void aSecretIsReplacedWhileTheOldOneIsStillGood(@TempDir Path other) throws Exception {
    Path file = other.resolve("secret");
    Files.writeString(file, AdminClient.SECRET + "\n");
    TestGateway.Builder builder = TestGateway.in(other).set("admin.secretFile", file.toString());
    try (TestGateway replacing = builder.start()) {
      AdminClient old = AdminClient.of(replacing);
      AdminClient next = new AdminClient(replacing.admin(), OTHER);
      assertEquals(200, old.ask("GET /api/configuration").status());
      assertEquals(401, next.ask("GET /api/configuration").status());

      replacing.reload(builder.set("admin.secretHash", SecretHash.of(OTHER).toString()));
      assertEquals(200, old.ask("GET /api/configuration").status());
      assertEquals(200, next.ask("GET /api/configuration").status());

      Files.writeString(file, "a-third-secret-of-an-operator-0123456789");
      replacing.reload(builder);
      assertEquals(401, old.ask("GET /api/configuration").status());
      assertEquals(200, next.ask("GET /api/configuration").status());
    }
  }

  @Test
  void theConfigurationTellsOfTheLastReloadAndWhatWasRefused(@TempDir Path other) throws Exception {
    TestGateway.Builder builder =
        TestGateway.in(other).set("admin.secretHash", SecretHash.of(AdminClient.SECRET).toString());
    try (TestGateway reloaded = builder.start()) {
      AdminClient client = AdminClient.of(reloaded);
      JsonNode first = client.ask("GET /api/configuration").json();
      assertTrue(first.path("lastReload").isMissingNode(), first::toString);

      reloaded.reload(builder.client("another", "its-secret"));
      JsonNode second = client.ask("GET /api/configuration").json();
      assertEquals("TAKEN", second.path("lastReload").path("result").stringValue());
      assertTrue(second.path("lastReload").path("changes").toString().contains("+another"));
      assertNotEquals(first.path("digest"), second.path("digest"));

      builder.set("nonsense", "1");
      assertThrows(InvalidConfigException.class, () -> reloaded.reload(builder));
      RawAnswer third = client.ask("GET /api/configuration");
      JsonNode refused = third.json().path("lastReload");
      assertEquals("REFUSED", refused.path("result").stringValue(), third.text());
      assertTrue(refused.path("problems").toString().contains("nonsense"));
      assertEquals(second.path("digest"), third.json().path("digest"));
      AdminDocument.of(client).requireFit("get", "/api/configuration", third);
    }
  }
}
