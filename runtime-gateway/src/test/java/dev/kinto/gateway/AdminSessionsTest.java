package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.SecretHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Operators find, see and end sessions (contract C44). */
class AdminSessionsTest {
  private static final String ID = "/api/sessions/{id}";
  private static final String LONG = "x".repeat(44 << 10);

  @TempDir static Path folder;
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway gateway;
  private static AdminClient operator;
  private static AdminDocument document;

  @BeforeAll
  static void start() throws Exception {
    upstream = RawUpstream.start();
    gateway = common(TestGateway.in(folder)).start();
    operator = AdminClient.of(gateway);
    document = AdminDocument.of(operator);
  }

  private static TestGateway.Builder common(TestGateway.Builder builder) throws IOException {
    upstream.answers(
        (request, connection) ->
            connection.send(
                "HTTP/1.1 200 OK\r\n"
                    + request
                        .header("x-set")
                        .orElse("X: 1")
                        .replace("|", "\r\n")
                        .replace("@long", LONG)
                    + "\r\nContent-Length: 0\r\n\r\n"));
    return builder
        .set("admin.secretHash", SecretHash.of(AdminClient.SECRET).toString())
        .set("admin.sensitive", List.of("*_EMAIL"))
        .set("admin.index", List.of("auth-userId"))
        .service(
            TestManifest.of("auth")
                .route("POST /login")
                .writes("auth-userId")
                .writes("auth-email")
                .build(),
            upstream.uri())
        .service(
            TestManifest.of("articles")
                .route("GET /mine")
                .reads("auth-userId")
                .mayRead("auth-email")
                .build(),
            upstream.uri())
        .client("waiting", "s")
        .client("other", "s");
  }

  /** A session whose microservice sets these header lines. */
  private static String login(TestGateway at, String lines) throws IOException {
    return set(at, at.token(), lines);
  }

  private static String set(TestGateway at, String token, String lines) throws IOException {
    RawAnswer answer = answerOf(at, token, lines);
    assertEquals(200, answer.status(), answer.toString());
    return token;
  }

  private static RawAnswer answerOf(TestGateway at, String token, String lines) throws IOException {
    return at.exchange(
        "POST /auth/login HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nX-Set: "
            + lines
            + "\r\nKinto-Authorization: Bearer "
            + token
            + "\r\n\r\n");
  }

  private static Set<String> ids(RawAnswer answer) {
    assertEquals(200, answer.status(), answer.toString());
    Set<String> ids = new HashSet<>();
    answer.json().path("sessions").forEach(each -> ids.add(each.path("id").stringValue()));
    return ids;
  }

  private static Set<String> of(AdminClient client, String user) throws IOException {
    return ids(
        client.ask("GET /api/sessions?field=auth-userId&value=" + AdminClient.encoded(user)));
  }

  private static int status(String token) throws IOException {
    return gateway.get("/auth", token).status();
  }

  @Test
  void sessionsAreFoundByTheValueThatTheyHaveNow() throws Exception {
    String first = login(gateway, "auth-userId: find-1");
    login(gateway, "Auth_UserId: find-1");
    login(gateway, "auth-userId: find-2");

    assertEquals(2, of(operator, "find-1").size());
    assertEquals(1, of(operator, "find-2").size());
    set(gateway, first, "auth-userId: find-2");
    assertEquals(1, of(operator, "find-1").size());
    assertEquals(2, of(operator, "find-2").size());
    set(gateway, first, "auth-userId:");
    assertEquals(1, of(operator, "find-2").size(), "a logout takes the value away");
    set(gateway, first, "auth-userId: find-1");
    gateway.send("DELETE /auth", first);
    assertEquals(1, of(operator, "find-1").size(), "one that has ended is not found");
    assertEquals(Set.of(), of(operator, "find"));
  }

  /** C5: two wire forms of one text are the same value. */
  @Test
  void aValueIsSearchedAsPeopleWriteIt() throws Exception {
    login(gateway, "auth-userId: J%C3%BCrgen a+b %26c");
    login(gateway, "auth-userId: J%c3%bcrgen%20a%2bb &c");

    assertEquals(2, of(operator, "J\u00fcrgen a+b &c").size());
  }

  @Test
  void aRotationAndRenewalsLoseNobody() throws Exception {
    String token = login(gateway, "auth-userId: rotates");
    String rotated = gateway.send("PUT /auth", token).json().path("token").stringValue();
    gateway.clock().advance(Duration.ofMinutes(10));
    assertEquals(200, status(rotated));

    assertEquals(1, of(operator, "rotates").size());
    gateway.clock().advance(Duration.ofMinutes(40));
    assertEquals(Set.of(), of(operator, "rotates"), "its idle time is over");
  }

  @Test
  void oneIsShownWithoutWhatIsSensitive() throws Exception {
    String token = login(gateway, "auth-userId: shown|auth-email: a%40example.com");
    String id = of(operator, "shown").iterator().next();
    RawAnswer answer = operator.ask("GET /api/sessions/" + id);

    document.requireFit("get", ID, answer);
    assertEquals("demo-web", answer.json().path("client").stringValue());
    JsonNode userId = answer.json().path("fields").get(0);
    JsonNode email = answer.json().path("fields").get(1);
    assertEquals("shown", userId.path("value").stringValue());
    assertEquals("auth-email", email.path("name").stringValue());
    assertTrue(email.path("value").isMissingNode() && email.path("sensitive").booleanValue());
    RawAnswer export = operator.ask("GET /api/sessions/export?field=auth-userId&value=shown");
    document.requireFit("get", "/api/sessions/export", export);
    assertEquals(1, export.json().path("sessions").size());
    for (RawAnswer each : List.of(answer, export, operator.ask("GET /api/sessions"))) {
      assertFalse(each.text().contains("example.com"), each.text());
      assertFalse(each.text().contains(token.substring(token.indexOf('.') + 1)), each.text());
    }
    assertEquals(401, gateway.get("/auth", "k1." + id).status(), "an id is no token");
  }

  @Test
  void oneIsEndedWithAReceiptAndAnAuditLine() throws Exception {
    String token = login(gateway, "auth-userId: one");
    String id = of(operator, "one").iterator().next();
    try (LogLines log = LogLines.open()) {
      RawAnswer answer = operator.ask("DELETE /api/sessions/" + id);

      document.requireFit("delete", ID, answer);
      assertEquals(1, answer.json().path("ended").intValue());
      String secretId = SecretHash.of(AdminClient.SECRET).id();
      assertEquals(secretId, answer.json().path("operator").stringValue());
      String requestId = answer.json().path("requestId").stringValue();
      String line = log.await("operator " + secretId + " ended the session " + id);
      assertTrue(line.startsWith("INFO") && line.contains(requestId), line);
    }
    assertEquals("session-ended", gateway.get("/auth", token).code());
    assertEquals("session-unknown", operator.ask("GET /api/sessions/" + id).code());
    RawAnswer again = operator.ask("DELETE /api/sessions/" + id);
    document.requireFit("delete", ID, again);
    assertEquals("session-unknown", again.code());
  }

  @Test
  void allOfOneUserAreEndedAndNobodyElses() throws Exception {
    List<String> his = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      his.add(login(gateway, "auth-userId: goes"));
    }
    String stays = login(gateway, "auth-userId: stays");
    try (LogLines log = LogLines.open()) {
      RawAnswer answer = operator.ask("DELETE /api/sessions?field=auth-userid&value=goes");
      document.requireFit("delete", "/api/sessions", answer);
      assertEquals(7, answer.json().path("ended").intValue(), answer.text());
      log.await("ended 7 sessions by the field auth-userid");
      assertEquals(List.of(), log.with("goes"));
    }
    for (String token : his) {
      assertEquals(401, status(token));
    }
    assertEquals(200, status(stays));
    assertEquals(Set.of(), of(operator, "goes"));
  }

  @Test
  void allOfAClientAreListedPageByPageAndEnded() throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      tokens.add(gateway.token("other", "s"));
    }
    Set<String> seen = new HashSet<>();
    String after = "";
    int pages = 0;
    do {
      RawAnswer page =
          operator.ask("GET /api/sessions?client=other&environment=demo&limit=5" + after);
      document.requireFit("get", "/api/sessions", page);
      Set<String> ids = ids(page);
      assertTrue(ids.size() <= 5 && ids.stream().allMatch(seen::add), page.text());
      JsonNode next = page.json().path("next");
      after = next.isMissingNode() ? "" : "&after=" + next.stringValue();
      pages++;
    } while (!after.isEmpty());
    assertEquals(23, seen.size());
    assertTrue(pages >= 5);
    assertEquals(Set.of(), ids(operator.ask("GET /api/sessions?client=other&environment=x")));

    RawAnswer ended = operator.ask("DELETE /api/sessions?client=other");
    assertEquals(23, ended.json().path("ended").intValue(), ended.text());
    for (String token : tokens) {
      assertEquals(401, status(token));
    }
  }

  /** From the id on an error page to who provides what is missing (contract C45). */
  @Test
  void aRequestTellsWhatBecameOfIt() throws Exception {
    String token = gateway.token();
    RawAnswer refused = gateway.get("/articles/mine", token);
    assertEquals(403, refused.status());
    RawAnswer answer = about(refused);

    assertEquals("session-field-required", answer.json().path("code").stringValue());
    assertEquals("demo-web", answer.json().path("client").stringValue());
    JsonNode missing = answer.json().path("missing").get(0);
    assertEquals("auth-userId", missing.path("field").stringValue());
    assertEquals("POST /auth/login", missing.path("providers").get(0).stringValue());
    assertTrue(answer.json().path("why").stringValue().contains("auth-userId"), answer.text());
    RawAnswer listed =
        operator.ask(
            "GET /api/requests?code=session-field-required&route=GET+/articles/mine&session="
                + answer.json().path("session").stringValue());
    document.requireFit("get", "/api/requests", listed);
    assertEquals(1, listed.json().path("requests").size(), listed.text());
    String one = "GET /api/requests?status=4xx&client=demo-web&limit=1";
    RawAnswer page = operator.ask(one);
    document.requireFit("get", "/api/requests", page);
    String newest = page.json().path("requests").get(0).path("requestId").stringValue();
    RawAnswer older = operator.ask(one + "&after=" + page.json().path("next").stringValue());
    assertFalse(older.text().contains(newest), older.text());
    assertEquals("request-unknown", operator.ask("GET /api/requests/nothing").code());
  }

  @Test
  void aRequestShowsNoSensitiveValue() throws Exception {
    String token = login(gateway, "auth-userId: 77|auth-email: b%40example.com");
    RawAnswer answer = about(gateway.get("/articles/mine", token));

    JsonNode injected = answer.json().path("injected");
    assertEquals(2, injected.size(), answer.text());
    assertTrue(injected.toString().contains("\"77\""), answer.text());
    assertFalse(answer.text().contains("example.com"), answer.text());
  }

  /** What is known of a request; it is a moment after its last byte. */
  private static RawAnswer about(RawAnswer answered) throws IOException {
    String id = answered.header("kinto-request-id").orElseThrow();
    RawAnswer answer = operator.ask("GET /api/requests/" + id);
    while (answer.status() == 404) {
      answer = operator.ask("GET /api/requests/" + id);
    }
    document.requireFit("get", "/api/requests/{requestId}", answer);
    return answer;
  }

  @Test
  void theGraphSaysWhoSetsAndReadsAFieldAndHowOften() throws Exception {
    JsonNode before = userId();
    assertEquals("auth", before.path("writer").stringValue());
    assertEquals("articles", before.path("readers").get(0).path("service").stringValue());
    assertTrue(before.path("readers").get(0).path("required").booleanValue());

    String token = gateway.token();
    about(gateway.get("/articles/mine", token));
    about(gateway.get("/articles/mine", login(gateway, "auth-userId: 5")));
    JsonNode after = userId();
    assertEquals(before.path("writes").intValue() + 1, after.path("writes").intValue());
    for (String count : List.of("reads", "missed")) {
      assertEquals(
          before.path("readers").get(0).path(count).intValue() + 1,
          after.path("readers").get(0).path(count).intValue(),
          count);
    }
  }

  @Test
  void trafficSaysHowOftenRoutesAndUpstreamsAreCalledAndHowThatWent() throws Exception {
    JsonNode before = login();
    String token = gateway.token();
    for (int i = 0; i < 3; i++) {
      about(set200(token));
    }
    about(answerOf(gateway, token, "X: 1\r\nX-Unused: 1"));
    JsonNode after = login();

    assertEquals(4, after.path("calls").intValue() - before.path("calls").intValue());
    assertTrue(after.path("perSecond").doubleValue() > 0, after.toString());
    assertTrue(after.path("p99").doubleValue() >= after.path("p50").doubleValue());
    RawAnswer answer = operator.ask("GET /api/traffic");
    document.requireFit("get", "/api/traffic", answer);
    JsonNode all = answer.json();
    assertEquals(360, all.path("hour").size());
    assertTrue(all.path("all").path("calls").longValue() >= 4);
    List<String> addresses = new ArrayList<>();
    all.path("upstreams").forEach(each -> addresses.add(each.path("address").stringValue()));
    assertTrue(addresses.contains(upstream.uri().toString()), addresses.toString());
  }

  private static RawAnswer set200(String token) throws IOException {
    return answerOf(gateway, token, "auth-userId: traffic");
  }

  /** What is counted of POST /auth/login. */
  private static JsonNode login() throws IOException {
    for (JsonNode each : operator.ask("GET /api/traffic").json().path("routes")) {
      if (each.path("route").stringValue().equals("POST /auth/login")) {
        return each.path("flow");
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** What the graph says of auth-userId. */
  private static JsonNode userId() throws IOException {
    RawAnswer answer = operator.ask("GET /api/graph");
    document.requireFit("get", "/api/graph", answer);
    JsonNode field = answer.json().path("environments").get(0).path("fields").get(1);
    assertEquals("auth-userId", field.path("name").stringValue(), answer.text());
    return field;
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/sessions?field=auth-email&value=x, admin.index",
    "GET /api/sessions?field=auth-userId, field",
    "GET /api/sessions?value=1, field",
    "GET /api/sessions?limit=0, 1 to 1000",
    "GET /api/sessions?limit=1001, 1001",
    "GET /api/sessions?limit=x, whole number",
    "GET /api/sessions?after=x, after",
    "GET /api/sessions?after=-1, after",
    "GET /api/sessions?after=1.2, after",
    "GET /api/sessions?userId=1, environment",
    "GET /api/requests?status=x, 5xx",
    "GET /api/requests?status=600, 5xx",
    "GET /api/requests?after=x, after",
    "GET /api/sessions?client=, no value",
    "GET /api/sessions?client=a&client=b, twice",
    "DELETE /api/sessions, field",
    "DELETE /api/sessions?environment=demo, client",
    "DELETE /api/sessions?client=x&limit=1, limit",
    "GET /api/sessions/export, field",
  })
  void whatCannotBeMeantIsRefusedWithTheMend(String request, String says) throws Exception {
    RawAnswer answer = operator.ask(request);

    assertEquals("parameter-invalid", answer.code(), answer.toString());
    assertTrue(answer.text().contains(says), answer.text());
  }

  @ParameterizedTest
  @CsvSource({"GET", "DELETE"})
  void anIdThatIsNoneIsUnknown(String method) throws Exception {
    for (String id : List.of("x", "1-1-1-1-1", "00000000-0000-0000-0000-000000000000")) {
      assertEquals("session-unknown", operator.ask(method + " /api/sessions/" + id).code());
    }
  }

  /** What is there already is indexed too, by a reload. */
  @Test
  void aReloadIndexesAnotherFieldAndNoneThatIsTakenAway(@TempDir Path other) throws Exception {
    TestGateway.Builder builder = common(TestGateway.in(other)).set("admin.index", List.of());
    try (TestGateway reloaded = builder.start()) {
      AdminClient client = AdminClient.of(reloaded);
      String token = login(reloaded, "auth-userId: before");
      String search = "GET /api/sessions?field=auth-userId&value=before";
      assertEquals("parameter-invalid", client.ask(search).code());

      reloaded.reload(builder.set("admin.index", List.of("auth-userId")));
      assertEquals(1, ids(client.ask(search)).size());
      set(reloaded, token, "auth-userId: after");
      assertEquals(Set.of(), of(client, "before"));
      assertEquals(1, of(client, "after").size());
      reloaded.reload(builder.set("admin.index", List.of()));
      assertEquals("parameter-invalid", client.ask(search).code());
    }
  }

  @Test
  void aRestartWithPersistenceFindsThemAgain(@TempDir Path other) throws Exception {
    TestGateway.Builder builder =
        common(TestGateway.in(other)).set("grid.persistence", other.resolve("grid").toString());
    try (TestGateway first = builder.start()) {
      login(first, "auth-userId: kept");
      assertEquals(1, of(AdminClient.of(first), "kept").size());
    }
    try (TestGateway second = builder.start()) {
      assertEquals(1, of(AdminClient.of(second), "kept").size());
      RawAnswer ended =
          AdminClient.of(second).ask("DELETE /api/sessions?field=auth-userId&value=kept");
      assertEquals(1, ended.json().path("ended").intValue());
    }
  }

  /** Whichever gateway is asked, and wherever the sessions lie (contract C37). */
  @ParameterizedTest
  @EnumSource
  void everyGatewayOfAGridFindsAndEndsAll(ThreeGateways.Mode mode, @TempDir Path other)
      throws Exception {
    try (ThreeGateways three = ThreeGateways.start(other, mode, AdminSessionsTest::common)) {
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        tokens.add(login(three.get(i % 3), "auth-userId: user-" + i % 2));
      }
      for (int node = 0; node < 3; node++) {
        AdminClient client = AdminClient.of(three.get(node));
        assertEquals(15, of(client, "user-0").size());
        assertEquals(30, ids(client.ask("GET /api/sessions?client=demo-web&limit=1000")).size());
      }
      if (mode == ThreeGateways.Mode.CLUSTER) {
        three.stop(2);
        three.awaitServing(0);
        assertEquals(15, of(AdminClient.of(three.get(0)), "user-0").size(), "with one node less");
        three.startAgain(2);
        assertEquals(15, of(AdminClient.of(three.get(2)), "user-1").size(), "with a new one");
      }

      RawAnswer ended =
          AdminClient.of(three.get(1)).ask("DELETE /api/sessions?field=auth-userId&value=user-0");
      assertEquals(15, ended.json().path("ended").intValue(), ended.text());
      assertEquals(15, three.living(tokens).size());
      assertEquals(Set.of(), of(AdminClient.of(three.get(2)), "user-0"));
    }
  }

  /** Requests go on while an operator ends very many sessions. */
  @Test
  void manyAreEndedBesideTheRequests(@TempDir Path other) throws Exception {
    try (TestGateway many =
        common(TestGateway.in(other)).set("authLimits.perAddress.requests", 1_000_000).start()) {
      AdminClient client = AdminClient.of(many);
      List<RawAnswer> begun = ThreeGateways.atOnce(3_000, _ -> many.issue("other", "s"));
      assertTrue(begun.stream().allMatch(each -> each.status() == 200));
      String stays = many.token();
      var end =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return client.ask("DELETE /api/sessions?client=other");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      do {
        assertEquals(200, many.send("GET /auth", stays).status());
      } while (!end.isDone());
      assertEquals(3_000, end.join().json().path("ended").intValue(), end.join().text());
      assertEquals(Set.of(), ids(client.ask("GET /api/sessions?client=other")));
    }
  }

  /** Who goes away and asks again cannot have ever more of it done at a time. */
  @Test
  @Timeout(120)
  void fewExportsAreMadeAtATime(@TempDir Path other) throws Exception {
    try (TestGateway many =
        common(TestGateway.in(other)).set("authLimits.perAddress.requests", 1_000_000).start()) {
      AdminClient client = AdminClient.of(many);
      ThreeGateways.atOnce(2_000, _ -> many.issue("other", "s"));
      List<RawAnswer> refused = List.of();
      while (refused.isEmpty()) {
        refused =
            ThreeGateways.atOnce(8, _ -> client.ask("GET /api/sessions/export?client=other"))
                .stream()
                .filter(answer -> answer.status() != 200)
                .toList();
      }
      for (RawAnswer each : refused) {
        assertEquals("rate-limited", each.code(), each.toString());
        assertEquals("5", each.header("retry-after").orElseThrow());
      }
      RawAnswer alone = client.ask("GET /api/sessions/export?client=other");
      assertEquals(2_000, alone.json().path("sessions").size());
    }
  }

  /** All of it is in memory at once: not only the sessions are counted. */
  @Test
  void anExportAndAPageAreNotTooLarge(@TempDir Path other) throws Exception {
    try (TestGateway large =
        common(TestGateway.in(other))
            .set("authLimits.perAddress.requests", 1_000_000)
            .set("session.limits.valueBytes", 48 << 10)
            .set("session.limits.answerBytes", 48 << 10)
            .start()) {
      AdminClient client = AdminClient.of(large);
      ThreeGateways.atOnce(800, _ -> answerOf(large, large.token(), "auth-userId: @long"));
      RawAnswer page = client.ask("GET /api/sessions?client=demo-web&limit=1000");
      int listed = page.json().path("sessions").size();
      assertTrue(listed > 50 && listed < 200, listed + " large ones in a page");
      assertTrue(page.json().has("next"), "the others come with the next page");
      String export = "GET /api/sessions/export?client=";
      RawAnswer refused = client.ask(export + "demo-web");
      assertEquals("parameter-invalid", refused.code(), refused.toString());
      assertTrue(refused.text().contains("32 MiB"), refused.text());
      large.token("other", "s");
      assertEquals(1, client.ask(export + "other").json().path("sessions").size());
    }
  }
}
