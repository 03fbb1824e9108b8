package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of pages from other origins (contract C43, C21a). */
class CorsTest {
  private static final String SHOP = "https://shop.example";
  private static final String BLOG = "https://blog.example";

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("m")
                          .route("GET /x")
                          .route("OPTIONS /x")
                          .route("QUERY /x")
                          .route("GET /logged")
                          .route("GET /also")
                          .build(),
                      upstream.uri())
                  .publicRoutes("all")
                  .client("shop", "secret-of-shop")
                  .clientKey("allowedOrigins", List.of(SHOP, "null"))
                  .clientKey("exposeHeaders", List.of("ETag", "X-Total-Count"))
                  .client("blog", "secret-of-blog")
                  .clientKey("allowedOrigins", List.of(BLOG))
                  .environment("apps")
                  .service(
                      TestManifest.of("other").route("GET /x").route("PURGE /x").build(),
                      upstream.uri())
                  .client("app", "secret-of-app")
                  .clientKey(
                      "allowedOrigins",
                      List.of("app://x", "file://", "capacitor://localhost", "tauri://App.Id:1")));

  private static final RawUpstream upstream = gateway.upstream();
  private static String shopToken;

  @BeforeAll
  static void start() throws IOException {
    shopToken = gateway.token("shop", "secret-of-shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/m/x", "/auth", "/nobody/y"})
  void preflightIsAnsweredWithoutATokenForTheOriginsOfAllClients(String target) throws IOException {
    for (String origin : List.of(SHOP, BLOG, "null")) {
      RawAnswer answer = preflight(target, origin);

      assertEquals(204, answer.status(), answer.toString());
      assertEquals(Optional.of(origin), answer.header("access-control-allow-origin"));
      assertEquals(
          Optional.of("kinto-authorization, x-own"), answer.header("access-control-allow-headers"));
      assertTrue(answer.header("access-control-allow-methods").orElse("").contains("DELETE"));
      assertTrue(answer.header("vary").orElse("").contains("Origin"), answer.toString());
    }
    assertTrue(upstream.received().isEmpty(), "no upstream is asked");
  }

  /** C21a: the target comes first. */
  @ParameterizedTest
  @ValueSource(strings = {"/m/../x", "/m//x", "/m/%2e", "*"})
  void preflightOfABadTargetIs400(String target) throws IOException {
    RawAnswer answer = preflight(target, SHOP);

    assertEquals("request-invalid", answer.code(), answer.toString());
  }

  /** Any page may set this field of an ordinary request. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "HEAD"})
  void onlyOptionsIsAPreflight(String method) throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              method
                  + " /m/x HTTP/1.1\r\nHost: test.example\r\nOrigin: "
                  + SHOP
                  + "\r\nAccess-Control-Request-Method: GET\r\n\r\n");

      assertEquals(401, answer.status(), answer.toString());
    }
  }

  @Test
  void namesThatAPreflightAsksForMayComeInSeveralLines() throws IOException {
    RawAnswer answer =
        call(
            "OPTIONS /m/x",
            "Origin: "
                + SHOP
                + "\r\nAccess-Control-Request-Method: PUT\r\n"
                + "Access-Control-Request-Headers: x-a\r\n"
                + "Access-Control-Request-Headers: x-b,x-c\r\n");

    assertEquals(Optional.of("x-a, x-b,x-c"), answer.header("access-control-allow-headers"));
  }

  @Test
  void preflightOfAForeignOriginIs403WithoutCorsHeaders() throws IOException {
    assertForeign(preflight("/m/x", "https://evil.example"));
  }

  @Test
  void answerToAnAllowedPageSaysSo() throws IOException {
    RawAnswer answer = get("/m/x", shopToken, "Origin: " + SHOP + "\r\n");

    assertEquals(200, answer.status(), answer.toString());
    assertEquals(List.of(SHOP), answer.all("access-control-allow-origin"));
    assertTrue(answer.header("vary").orElse("").contains("Origin"), answer.toString());
  }

  @Test
  void originOfAnotherClientIsForeign() throws IOException {
    assertForeign(get("/m/x", shopToken, "Origin: " + BLOG + "\r\n"));
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://shop.example.evil",
        "https://shop.example:8443",
        "http://shop.example",
        "HTTPS://SHOP.EXAMPLE",
        "https://test.example"
      })
  void foreignOriginIs403AndTheUpstreamIsNotCalled(String origin) throws IOException {
    assertForeign(get("/m/x", shopToken, "Origin: " + origin + "\r\n"));
    assertForeign(get("/m/nothing", shopToken, "Origin: " + origin + "\r\n"));
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  /** Envoy's CVE-2020-25017 with another field: the first one judged, all sent on (C21a). */
  @ParameterizedTest
  @ValueSource(strings = {SHOP, BLOG, "https://evil.example"})
  void aRequestOfTwoOriginsIsAmbiguous(String second) throws IOException {
    String lines = "Origin: " + SHOP + "\r\norigin: " + second + "\r\n";
    for (RawAnswer answer :
        List.of(
            get("/m/x", shopToken, lines),
            get("/auth", shopToken, lines),
            preflight("/m/x", SHOP + "\r\nOrigin: " + second),
            publicCall("/shop/m/x", SHOP + "\r\nOrigin: " + second))) {
      assertEquals(400, answer.status(), answer.toString());
      assertEquals("request-invalid", answer.code());
      assertEquals(Optional.empty(), answer.header("access-control-allow-origin"));
    }
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @Test
  void nullIsAllowedOnlyWhereItIsListed() throws IOException {
    assertEquals(200, get("/m/x", shopToken, "Origin: null\r\n").status());
    String blogToken = gateway.token("blog", "secret-of-blog");
    assertForeign(get("/m/x", blogToken, "Origin: null\r\n"));
  }

  @Test
  void pageOfTheAddressThatIsCalledNeedsNoListing() throws IOException {
    RawAnswer answer = get("/m/x", shopToken, "Origin: http://test.example\r\n");

    assertEquals(200, answer.status(), answer.toString());
    assertEquals(Optional.empty(), answer.header("access-control-allow-origin"));
  }

  /** RFC 6454, section 6.2: an origin does not name the default port; a Host may. */
  @Test
  void theDefaultPortInHostIsThatOfAnOriginWithoutOne() throws IOException {
    try (RawClient client = gateway.connect()) {
      String request =
          "GET /m/x HTTP/1.1\r\nHost: test.example:%d\r\nOrigin: http://test.example\r\n"
              + "Kinto-Authorization: Bearer "
              + shopToken
              + "\r\n\r\n";
      assertEquals(200, client.exchange(request.formatted(80)).status());
      assertForeign(client.exchange(request.formatted(443)));
    }
  }

  /** RFC 5952: browsers write an IPv6 address in one form, other clients write others in Host. */
  @Test
  void addressThatIsCalledMayBeWrittenInAnyForm() throws IOException {
    try (RawClient client = gateway.connect()) {
      String request =
          "GET /m/x HTTP/1.1\r\nHost: [2001:DB8:0:0::1]:81\r\nOrigin: http://%s\r\n"
              + "Kinto-Authorization: Bearer "
              + shopToken
              + "\r\n\r\n";
      assertEquals(200, client.exchange(request.formatted("[2001:db8::1]:81")).status());
      assertForeign(client.exchange(request.formatted("[2001:db8::2]:81")));
      assertForeign(client.exchange(request.formatted("[2001:db8::1]")));
      assertForeign(client.exchange(request.formatted("evil@[2001:db8::1]:81")));
    }
  }

  @Test
  void errorsOfTheGatewayCanBeReadByAllowedPages() throws IOException {
    for (String target : List.of("/m/x", "/auth")) {
      RawAnswer answer = get(target, "no-token-of-ours", "Origin: " + SHOP + "\r\n");

      assertEquals(401, answer.status(), answer.toString());
      assertEquals(Optional.of(SHOP), answer.header("access-control-allow-origin"));
    }
    RawAnswer unknown = get("/m/nothing", shopToken, "Origin: " + SHOP + "\r\n");
    assertEquals(404, unknown.status(), unknown.toString());
    assertEquals(Optional.of(SHOP), unknown.header("access-control-allow-origin"));
    RawAnswer refused = get("/m//x", shopToken, "Origin: " + SHOP + "\r\n");
    assertEquals(400, refused.status(), refused.toString());
    assertEquals(Optional.of(SHOP), refused.header("access-control-allow-origin"));
    RawAnswer open = publicCall("/shop/m//x", SHOP);
    assertEquals(400, open.status(), open.toString());
    assertEquals(Optional.of(SHOP), open.header("access-control-allow-origin"));
  }

  /** Where a head is refused before anybody could act on it, what was read of it is enough. */
  @ParameterizedTest
  @CsvSource({
    "GET /m/x?long=LONG, '', 414",
    "GET /m/x, X-Long: LONGLONG, 431",
    "GET /m/x, X-Spaced : 1, 400",
    "GET /m/x, Transfer-Encoding: gzip, 400",
    "GET /m/x, X-Folded: aFOLD b, 400",
  })
  void refusalsOfHeadsCanBeReadByAllowedPages(String line, String field, int status)
      throws IOException {
    for (boolean originFirst : List.of(true, false)) {
      String own = field.isEmpty() ? "X-Own: 1" : field.replace("FOLD", "\r\n");
      String fields =
          originFirst ? "Origin: " + SHOP + "\r\n" + own : own + "\r\norigin:" + SHOP + "  ";
      String head = line + " HTTP/1.1\r\nHost: test.example\r\n" + fields + "\r\n\r\n";
      try (RawClient client = gateway.connect()) {
        RawAnswer answer = client.exchange(head.replace("LONG", "a".repeat(9_000)));

        assertEquals(status, answer.status(), answer.toString());
        assertEquals(Optional.of(SHOP), answer.header("access-control-allow-origin"));
        assertEquals(List.of("Origin, Kinto-Authorization"), answer.all("vary"));
        assertTrue(client.ended());
      }
    }
  }

  @Test
  void refusalsOfHeadsAreNotForForeignPages() throws IOException {
    String evil = "https://evil.example";
    for (String field : List.of("Origin: " + evil, "X-Origin: " + SHOP, "X: \tOrigin: " + SHOP)) {
      RawAnswer answer = call("GET /m/x", field + "\r\nX-Long: " + "a".repeat(18_000) + "\r\n");
      assertEquals(431, answer.status(), answer.toString());
      assertEquals(Optional.empty(), answer.header("access-control-allow-origin"));
    }
  }

  /** Nobody waits for long for the page's name: the head is refused without it. */
  @Test
  void headThatIsTooLargeAndNeverEndsIsRefused() throws IOException {
    for (int size : List.of(18_000, 30_000, 300_000)) {
      try (RawClient client = gateway.connect()) {
        client.send("GET /m/x HTTP/1.1\r\nHost: test.example\r\nX-Long: " + "a".repeat(size));
        assertEquals("headers-too-large", client.read().code());
      }
    }
  }

  @Test
  void optionsThatIsNoPreflightIsAnOrdinaryRequest() throws IOException {
    assertEquals("token-missing", call("OPTIONS /m/x", "Origin: " + SHOP + "\r\n").code());
    RawAnswer answer = call("OPTIONS /m/x", bearer(shopToken) + "\r\n");
    assertEquals(200, answer.status(), answer.toString());
    assertEquals("OPTIONS /x HTTP/1.1", upstream.take().line());
  }

  @Test
  void upstreamsDoNotSpeakForTheGateway() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nVary: Accept\r\n"
            + "Content-Length: 0\r\n\r\n");
    RawAnswer answer = get("/m/x", shopToken, "Origin: " + SHOP + "\r\n");

    assertEquals(List.of(SHOP), answer.all("access-control-allow-origin"));
    assertEquals(List.of("Accept, Origin, Kinto-Authorization"), answer.all("vary"));
  }

  /** What a framework says of its own accord is worth one line for each route. */
  @Test
  void thatAnUpstreamsWordWasDroppedIsSaidOnceForEachRoute() throws Exception {
    try (LogLines log = LogLines.open()) {
      upstream.answers(
          "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n"
              + "Access_Control_Expose_Headers: X-Total-Count\r\nContent-Length: 0\r\n\r\n");
      for (String target : List.of("/m/logged", "/m/logged", "/m/also", "/m/logged")) {
        assertEquals(200, get(target, shopToken, "").status());
      }
      for (String route : List.of("GET /m/logged ", "GET /m/also ")) {
        List<String> said = log.with(route);
        assertEquals(1, said.size(), said.toString());
        assertTrue(said.getFirst().contains("Access_Control_Expose_Headers"), said.toString());
        assertTrue(said.getFirst().contains("exposeHeaders"), said.toString());
      }
    }
  }

  @Test
  void pagesMayReadWhatTheirClientExposes() throws IOException {
    RawAnswer answer = get("/m/x", shopToken, "Origin: " + SHOP + "\r\n");
    assertEquals(
        Optional.of("Kinto-Token, Kinto-Request-Id, Retry-After, ETag, X-Total-Count"),
        answer.header("access-control-expose-headers"));
    assertEquals(
        Optional.of("Kinto-Token, Kinto-Request-Id, Retry-After, ETag, X-Total-Count"),
        publicCall("/shop/m/x", SHOP).header("access-control-expose-headers"));
    String blogToken = gateway.token("blog", "secret-of-blog");
    assertEquals(
        Optional.of("Kinto-Token, Kinto-Request-Id, Retry-After"),
        get("/m/x", blogToken, "Origin: " + BLOG + "\r\n").header("access-control-expose-headers"));
  }

  /** Those of the environment's routes, whatever they are called, and those of /auth. */
  @Test
  void preflightAllowsTheMethodsOfTheEnvironmentsRoutes() throws IOException {
    assertEquals(
        Optional.of("DELETE, GET, HEAD, OPTIONS, POST, PUT, QUERY"),
        preflight("/m/x", SHOP).header("access-control-allow-methods"));
    assertEquals(
        Optional.of("DELETE, GET, HEAD, POST, PURGE, PUT"),
        preflight("/other/x", "app://x").header("access-control-allow-methods"));
    try (RawClient client = gateway.connectPublic()) {
      RawAnswer open =
          client.exchange(
              "OPTIONS /shop/m/x HTTP/1.1\r\nHost: test.example\r\nOrigin: "
                  + SHOP
                  + "\r\nAccess-Control-Request-Method: QUERY\r\n\r\n");
      assertEquals(
          Optional.of("GET, HEAD, OPTIONS, QUERY"), open.header("access-control-allow-methods"));
    }
  }

  /** Applications on phones and desktops have pages of schemes of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"app://x", "file://", "capacitor://localhost", "tauri://App.Id:1"})
  void originMayHaveAnyScheme(String origin) throws IOException {
    assertEquals(204, preflight("/other/x", origin).status());
    String token = gateway.token("app", "secret-of-app");
    RawAnswer answer = get("/other/x", token, "Origin: " + origin + "\r\n");
    assertEquals(200, answer.status(), answer.toString());
    assertEquals(Optional.of(origin), answer.header("access-control-allow-origin"));
    assertForeign(get("/other/x", token, "Origin: " + origin + "y\r\n"));
  }

  @Test
  void publicAddressGoesByItsClient() throws IOException {
    assertEquals(200, publicCall("/shop/m/x", SHOP).status());
    assertForeign(publicCall("/blog/m/x", SHOP));
  }

  @Test
  void withoutAnOriginNothingIsSaidButThatAnswersDiffer() throws IOException {
    RawAnswer answer = get("/m/x", shopToken, "");

    assertEquals(Optional.empty(), answer.header("access-control-allow-origin"));
    assertEquals(List.of("Origin, Kinto-Authorization"), answer.all("vary"));
  }

  private static void assertForeign(RawAnswer answer) {
    assertEquals(403, answer.status(), answer.toString());
    assertEquals("origin-not-allowed", answer.code());
    assertEquals(Optional.empty(), answer.header("access-control-allow-origin"));
  }

  private static RawAnswer preflight(String target, String origin) throws IOException {
    return call(
        "OPTIONS " + target,
        "Origin: "
            + origin
            + "\r\nAccess-Control-Request-Method: DELETE\r\n"
            + "Access-Control-Request-Headers: kinto-authorization, x-own\r\n");
  }

  private static RawAnswer get(String target, String token, String headers) throws IOException {
    return call("GET " + target, bearer(token) + "\r\n" + headers);
  }

  private static RawAnswer call(String line, String headers) throws IOException {
    return gateway.exchange(line + " HTTP/1.1\r\nHost: test.example\r\n" + headers + "\r\n");
  }

  private static RawAnswer publicCall(String target, String origin) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      return client.exchange(
          "GET " + target + " HTTP/1.1\r\nHost: test.example\r\nOrigin: " + origin + "\r\n\r\n");
    }
  }
}
