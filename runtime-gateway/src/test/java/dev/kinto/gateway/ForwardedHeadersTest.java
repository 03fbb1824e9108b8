package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a microservice hears of the caller comes from the gateway alone: a client can neither send
 * nor suppress it (contract C2, C6, C9, C30, C31).
 */
class ForwardedHeadersTest {
  private static final String SPOOFED = "spoofed-666";

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("auth")
                          .route("POST /login")
                          .writes("auth-userId")
                          .writes("auth-nick")
                          .writes("auth-secret")
                          .build(),
                      upstream.uri())
                  .service(
                      TestManifest.of("articles")
                          .route("POST /articles")
                          .reads("AUTH_userid")
                          .mayRead("auth-plan", "free")
                          .mayRead("auth-nick")
                          .writes("articles-lastId")
                          .config("githubToken")
                          .route("GET /plain")
                          .route("GET /default")
                          .mayRead("auth-size", "größe 5%")
                          .route("GET /needs")
                          .reads("AUTH_userid")
                          .reads("auth-nick")
                          .reads("ghost-field")
                          .build(),
                      upstream.uri())
                  .publicRoutes("GET /plain")
                  .grants("githubToken")
                  .service(TestManifest.of("content").route("GET /").build(), upstream.uri())
                  .publicRoutes("all")
                  .config("githubToken", "gh-secret")
                  .config("otherToken", "other-secret"));

  private static final RawUpstream upstream = gateway.upstream();
  private static String loggedIn;
  private static String anonymous;

  @BeforeAll
  static void start() throws IOException {
    anonymous = gateway.token();
    loggedIn = gateway.token();
    upstream.answers(
        "HTTP/1.1 200 OK\r\nauth-userId: 42\r\nauth-secret: s3cret\r\nContent-Length: 0\r\n\r\n");
    assertEquals(200, call("POST /auth/login", bearer(loggedIn)).status());
  }

  /** Names that only the gateway may say, and what the microservice hears instead. */
  static Stream<Arguments> spoofs() {
    List<Arguments> spoofs = new ArrayList<>();
    for (String[] name :
        new String[][] {
          {"auth-userId", "auth-userId: 42"},
          {"auth-plan", "auth-plan: free"},
          {"auth-nick", ""},
          {"auth-secret", ""},
          {"auth-never-declared", ""},
          {"auth-", ""},
          {"articles-lastId", ""},
          {"content-rating", ""},
          {"githubToken", "githubToken: gh-secret"},
          {"otherToken", ""},
          {"Kinto-Client-Id", "Kinto-Client-Id: demo-web"},
          {"Kinto-Environment", "Kinto-Environment: demo"},
          {"Kinto-Access", "Kinto-Access: token"},
          {"Kinto-Token", ""},
          {"Kinto-Anything", ""},
        }) {
      for (String spelling : spellings(name[0])) {
        spoofs.add(Arguments.of(name[0], spelling, name[1]));
      }
    }
    return spoofs.stream();
  }

  private static List<String> spellings(String name) {
    List<String> spellings = new ArrayList<>();
    for (String each :
        List.of(
            name,
            name.toLowerCase(Locale.ROOT),
            name.toUpperCase(Locale.ROOT),
            name.replace('-', '_'),
            name.replace('-', '.'),
            name.toUpperCase(Locale.ROOT).replace('-', '_'),
            name.replaceFirst("-", "_").toUpperCase(Locale.ROOT))) {
      if (!spellings.contains(each)) {
        spellings.add(each);
      }
    }
    return spellings;
  }

  @ParameterizedTest
  @MethodSource("spoofs")
  void clientCannotSayWhatOnlyTheGatewaySays(String name, String spelling, String heard)
      throws IOException {
    for (List<String> sent :
        List.of(
            List.of(spelling + ": " + SPOOFED),
            List.of(spelling + ": " + SPOOFED, spelling + ": " + SPOOFED),
            List.of(spelling + ": " + SPOOFED, name + ":" + SPOOFED, "X-Between: 1", name + ":"),
            List.of(spelling + ": " + SPOOFED, "Connection: " + spelling),
            List.of("Connection: keep-alive, " + name, "Connection: " + spelling))) {
      RawAnswer answer = call("POST /articles/articles", with(loggedIn, sent));

      assertEquals(200, answer.status(), answer.toString());
      RawRequest request = upstream.take();
      assertEquals(heard.isEmpty() ? List.of() : List.of(heard), request.folded(name));
      assertFalse(request.lines().toString().contains(SPOOFED), request.lines().toString());
    }
  }

  @ParameterizedTest
  @MethodSource("spoofs")
  void publicCallerCannotEither(String name, String spelling, String heardWithAToken)
      throws IOException {
    String heard =
        heardWithAToken.startsWith("Kinto-") ? heardWithAToken.replace("token", "public") : "";
    try (RawClient client = gateway.connectPublic()) {
      RawAnswer answer =
          client.exchange(
              request(
                  "GET /demo-web/articles/plain",
                  spelling + ": " + SPOOFED,
                  spelling + ": " + SPOOFED,
                  "Connection: " + spelling));

      assertEquals(200, answer.status(), answer.toString());
      RawRequest request = upstream.take();
      assertEquals(heard.isEmpty() ? List.of() : List.of(heard), request.folded(name));
      assertFalse(request.lines().toString().contains(SPOOFED), request.lines().toString());
    }
  }

  @Test
  void requiredFieldsAndWhoProvidesThemAreNamedTogether() throws IOException {
    RawAnswer answer =
        call("GET /articles/needs", with(loggedIn, List.of("auth-nick: x", "ghost-field: x")));

    assertEquals(403, answer.status(), "contract C6");
    assertEquals("session-field-required", answer.code());
    assertEquals(
        "[{\"field\":\"auth-nick\",\"providers\":[\"POST /auth/login\"]},"
            + "{\"field\":\"ghost-field\",\"providers\":[]}]",
        answer.json().path("fields").toString());
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @Test
  void fieldOfOneSessionIsNotThatOfAnother() throws IOException {
    RawAnswer answer = call("POST /articles/articles", with(anonymous, List.of("auth-userId: 7")));

    assertEquals("session-field-required", answer.code());
    assertEquals("auth-userId", answer.json().path("fields").path(0).path("field").stringValue());
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @Test
  void fieldArrivesInItsOwnersSpellingHoweverItIsRead() throws IOException {
    call("POST /articles/articles", with(loggedIn, List.of()));

    RawRequest request = upstream.take();
    assertTrue(request.lines().contains("auth-userId: 42"), "contract C2: " + request.lines());
  }

  /** C5, C6: on the wire it is what a writer would have sent. */
  @Test
  void defaultIsSentEncoded() throws IOException {
    call("GET /articles/default", with(anonymous, List.of()));

    assertEquals(Optional.of("gr%C3%B6%C3%9Fe 5%25"), upstream.take().header("auth-size"));
  }

  @Test
  void routeHearsOnlyWhatItDeclares() throws IOException {
    call("GET /articles/plain", with(loggedIn, List.of()));

    String lines = upstream.take().lines().toString();
    assertFalse(lines.contains("auth-"), "contract C31: " + lines);
    assertFalse(lines.contains("gh-secret"), lines);
  }

  @Test
  void registeredFieldsPassInTheirRegisteredSpellingOnly() throws IOException {
    call(
        "GET /content",
        with(
            loggedIn,
            List.of(
                "content-type: text/plain",
                "Content-Language: de",
                "content_type: x",
                "Content.Type: x",
                "CONTENT_LANGUAGE: x",
                "Content-Made-Up: x")));

    RawRequest request = upstream.take();
    assertEquals(List.of("text/plain"), request.all("content-type"), "contract C30");
    assertEquals(List.of("de"), request.all("content-language"));
    assertEquals(1, request.folded("content-type").size());
    assertEquals(1, request.folded("content-language").size());
    assertEquals(List.of(), request.folded("content-made-up"));
  }

  @Test
  void hopByHopFieldsAndThoseNamedInConnectionAreRemoved() throws IOException {
    call(
        "GET /articles/plain",
        with(
            loggedIn,
            List.of(
                "Connection: keep-alive, X-Hop, x-other-hop",
                "CONNECTION: X-Third",
                "X-Hop: 1",
                "x-Other-Hop: 1",
                "x-third: 1",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authorization: Basic x",
                "TE: trailers",
                "Trailer: X",
                "Upgrade: h2c",
                "X-Kept: 1")));

    RawRequest request = upstream.take();
    for (String removed :
        List.of(
            "connection",
            "x-hop",
            "x-other-hop",
            "x-third",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "upgrade",
            "kinto-authorization")) {
      assertEquals(List.of(), request.folded(removed), removed);
    }
    assertEquals(Optional.of("1"), request.header("x-kept"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth-userId, auth-plan",
        "githubToken",
        "Kinto-Client-Id, Kinto-Request-Id, Kinto-Access, Kinto-Environment",
        "Host, Content-Length, traceparent, X-Forwarded-For, Forwarded",
        "*, ,,; auth-userId"
      })
  void connectionCannotRemoveWhatTheGatewayInjects(String connection) throws IOException {
    RawAnswer answer =
        call("POST /articles/articles", with(loggedIn, List.of("Connection: " + connection)));

    assertEquals(200, answer.status(), answer.toString());
    RawRequest request = upstream.take();
    for (String injected :
        List.of(
            "auth-userId",
            "auth-plan",
            "githubToken",
            "kinto-client-id",
            "kinto-environment",
            "kinto-access",
            "kinto-request-id",
            "host",
            "traceparent",
            "x-forwarded-for",
            "forwarded")) {
      assertEquals(1, request.folded(injected).size(), injected + " in " + request.lines());
    }
  }

  @Test
  void hostIsTheUpstreamsAuthority() throws IOException {
    call("GET /articles/plain", with(loggedIn, List.of()));

    assertEquals(Optional.of(upstream.authority()), upstream.take().header("host"));
  }

  @Test
  void requestIdIsOursAndIsInTheAnswerToo() throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nKinto-Request-Id: theirs\r\nContent-Length: 0\r\n\r\n");

    RawAnswer answer =
        call("GET /articles/plain", with(loggedIn, List.of("Kinto-Request-Id: theirs")));

    String id = upstream.take().header("kinto-request-id").orElseThrow();
    assertNotEquals("theirs", id);
    assertEquals(Optional.of(id), answer.header("kinto-request-id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "01", "ff"})
  void wellFormedTraceGoesOnUnderANewParent(String flags) throws IOException {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    call(
        "GET /articles/plain",
        with(
            loggedIn,
            List.of("traceparent: 00-" + trace + "-b7ad6b7169203331-" + flags, "tracestate: a=b")));

    RawRequest request = upstream.take();
    String forwarded = request.header("traceparent").orElseThrow();
    assertTrue(forwarded.matches("00-" + trace + "-[0-9a-f]{16}-" + flags), forwarded);
    assertFalse(forwarded.contains("b7ad6b7169203331"), "the gateway is the parent now");
    assertEquals(Optional.of("a=b"), request.header("tracestate"));
  }

  @Test
  void stateOfATraceMayComeInSeveralLines() throws IOException {
    call(
        "GET /articles/plain",
        with(
            loggedIn,
            List.of(
                "tracestate: a=1",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "tracestate: b=2")));

    assertEquals(List.of("a=1,b=2"), upstream.take().all("tracestate"));
  }

  /** W3C Trace Context, section 3.2.3: a later version is read as far as it is known. */
  @ParameterizedTest
  @ValueSource(strings = {"", "-more", "-"})
  void traceOfALaterVersionGoesOnToo(String more) throws IOException {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    call(
        "GET /articles/plain",
        with(loggedIn, List.of("traceparent: cc-" + trace + "-b7ad6b7169203331-01" + more)));

    String forwarded = upstream.take().header("traceparent").orElseThrow();
    assertTrue(forwarded.matches("00-" + trace + "-[0-9a-f]{16}-01"), forwarded);
  }

  @Test
  void twoTracesAreNone() throws IOException {
    String one = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    call("GET /articles/plain", with(loggedIn, List.of(one, one, "tracestate: a=b")));

    RawRequest request = upstream.take();
    assertFalse(request.header("traceparent").orElseThrow().contains("0af7651916cd43dd"));
    assertEquals(Optional.empty(), request.header("tracestate"));
  }

  /** A server that folds names, as CGI does, would take them for the gateway's (contract C30). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer_Encoding: chunked",
        "content.length: 7",
        "Proxy_Authorization: Basic eA==",
        "Keep_Alive: timeout=1",
        "TE_: trailers",
      })
  void foldedFieldsOfTheConnectionAreDropped(String line) throws IOException {
    call("GET /articles/plain", with(loggedIn, List.of(line)));

    String name = line.substring(0, line.indexOf(':'));
    boolean stays = name.equals("TE_");
    assertEquals(stays ? 1 : 0, upstream.take().all(name).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
        "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0A",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
        "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01"
      })
  void malformedTraceBeginsANewOne(String traceparent) throws IOException {
    call(
        "GET /articles/plain",
        with(loggedIn, List.of("traceparent: " + traceparent, "tracestate: a=b")));

    RawRequest request = upstream.take();
    String forwarded = request.header("traceparent").orElseThrow();
    assertTrue(forwarded.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), forwarded);
    assertFalse(forwarded.toLowerCase(Locale.ROOT).contains("0af7651916cd43dd"), forwarded);
    assertEquals(Optional.empty(), request.header("tracestate"));
  }

  @Test
  void forwardedFieldsOfTheClientAreNotBelieved() throws IOException {
    call(
        "GET /articles/plain",
        with(
            loggedIn,
            List.of(
                "X-Forwarded-For: " + SPOOFED,
                "X_Forwarded_For: " + SPOOFED,
                "x.forwarded.host: " + SPOOFED,
                "X-Forwarded-Host: " + SPOOFED,
                "X-Forwarded-Proto: " + SPOOFED,
                "X-Forwarded-Port: " + SPOOFED,
                "X-Forwarded-Prefix: " + SPOOFED,
                "Forwarded: for=" + SPOOFED,
                "FORWARDED: for=" + SPOOFED)));

    RawRequest request = upstream.take();
    assertFalse(request.lines().toString().contains(SPOOFED), request.lines().toString());
    assertEquals(Optional.of("127.0.0.1"), request.header("x-forwarded-for"));
    assertEquals(Optional.of("http"), request.header("x-forwarded-proto"));
    assertEquals(Optional.of("test.example:8080"), request.header("x-forwarded-host"));
    assertEquals(Optional.of("/articles"), request.header("x-forwarded-prefix"));
    assertEquals(
        Optional.of("for=127.0.0.1;host=\"test.example:8080\";proto=http"),
        request.header("forwarded"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\";for=6.6.6.6;x=\"", "a, b", "a b", "a/b", "a@b", "", "a\"b", "a\\"})
  void hostThatCouldSayMoreThanAHostIsRefused(String host) throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "GET /articles/plain HTTP/1.1\r\nKinto-Authorization: Bearer "
                  + loggedIn
                  + "\r\nHost: "
                  + host
                  + "\r\n\r\n");

      assertEquals("request-invalid", answer.code(), answer.toString());
      assertTrue(upstream.received().isEmpty(), "the upstream is not called");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Kinto-Authorization, Kinto-Authorization",
    "Kinto-Authorization, KINTO-AUTHORIZATION",
  })
  void twoTokensAreNone(String first, String second) throws IOException {
    RawAnswer answer =
        call(
            "GET /articles/plain", first + ": Bearer " + loggedIn, second + ": Bearer " + loggedIn);

    assertEquals(401, answer.status(), "contract C25");
    assertEquals("token-invalid", answer.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kinto_Authorization", "kinto.authorization", "KINTO_AUTHORIZATION"})
  void foldedVariantIsNoToken(String name) throws IOException {
    assertEquals(
        "token-missing", call("GET /articles/plain", name + ": Bearer " + loggedIn).code());

    RawAnswer answer =
        call("GET /articles/plain", with(loggedIn, List.of(name + ": Bearer forged")));

    assertEquals(200, answer.status(), "contract C25: a variant counts for nothing");
    assertEquals(List.of(), upstream.take().folded("kinto-authorization"));
  }

  @Test
  void otherFieldsPassInOrderWithTheirSpelling() throws IOException {
    call(
        "GET /articles/plain",
        with(
            loggedIn,
            List.of(
                "Accept: a/b;q=0.5,  c/d",
                "x-CaMeL: Value  with   inner",
                "Cookie: a=b; c=\"d\"",
                "Authorization: Basic dTpw",
                "X-Empty:",
                "Origin-Less_Name.x: 1")));

    List<String> lines = upstream.take().lines();
    assertTrue(lines.contains("Accept: a/b;q=0.5,  c/d"), lines.toString());
    assertTrue(lines.contains("x-CaMeL: Value  with   inner"), lines.toString());
    assertTrue(lines.contains("Cookie: a=b; c=\"d\""), lines.toString());
    assertTrue(lines.contains("Authorization: Basic dTpw"), lines.toString());
    assertTrue(lines.contains("Origin-Less_Name.x: 1"), lines.toString());
  }

  @Test
  void repeatedFieldsStayRepeated() throws IOException {
    call("GET /articles/plain", with(loggedIn, List.of("X-Two: a, b", "X-Two: c")));

    assertEquals(List.of("a, b", "c"), upstream.take().all("x-two"), "contract C33");
  }

  private static String[] with(String token, List<String> lines) {
    return Stream.concat(Stream.of(bearer(token)), lines.stream()).toArray(String[]::new);
  }

  private static RawAnswer call(String methodAndTarget, String... lines) throws IOException {
    return gateway.exchange(request(methodAndTarget, lines));
  }

  private static String request(String methodAndTarget, String... lines) {
    return RequestText.request(methodAndTarget, lines)
        .replace("\r\nHost: test\r\n", "\r\nHost: test.example:8080\r\n");
  }
}
