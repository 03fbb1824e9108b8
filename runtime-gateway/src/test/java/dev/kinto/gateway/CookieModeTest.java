package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in cookies (contract C39b), over both protocols. */
@ParameterizedClass
@EnumSource(Protocol.class)
class CookieModeTest {
  private static final String SHOP = "https://shop.example";
  private static final String BLOG = "https://blog.example";
  private static final String OWN = "\r\nSec-Fetch-Site: same-origin";
  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  private static RawUpstream upstream;
  private static TestGateway gateway;

  @Parameter Protocol protocol;

  @BeforeParameterizedClassInvocation
  static void start(Protocol protocol, @TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(Files.createDirectories(folder.resolve(protocol.name())))
            .over(protocol)
            .service(
                TestManifest.of("m")
                    .route("GET /x")
                    .route("POST /x")
                    .route("POST /login")
                    .writes("m-user")
                    .rotatesToken()
                    .build(),
                upstream.uri())
            .publicRoutes("GET /x")
            .clientKey("allowedOrigins", List.of(BLOG))
            .client("shop", "secret-of-shop")
            .clientKey("allowedOrigins", List.of(SHOP))
            .clientKey("cookie", true)
            .client("blog", "secret-of-blog")
            .clientKey("allowedOrigins", List.of(BLOG))
            .clientKey("cookie", true)
            .start();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  @Test
  void theTokenIsInTheCookieAndNowhereElse() throws IOException {
    RawAnswer answer = obtain("shop", true);
    assertEquals(200, answer.status(), answer.toString());
    String cookie = answer.header("set-cookie").orElseThrow();
    assertTrue(cookie.matches("__Host-kinto-shop=[!-~]+" + ATTRIBUTES), cookie);
    assertTrue(answer.json().path("token").isMissingNode(), answer.toString());
    assertEquals(600, answer.json().path("expiresIn").asInt());
    assertEquals(Optional.of("true"), answer.header("access-control-allow-credentials"));
    assertTrue(answer.header("vary").orElse("").contains("Cookie"), answer.toString());
  }

  @Test
  void aClientWithoutCookiesGetsNone() throws IOException {
    RawAnswer answer = obtain(TestGateway.CLIENT, true);
    assertEquals(400, answer.status());
    assertEquals("malformed-request", answer.code());
    String token = gateway.token();
    assertEquals(
        "token-missing",
        send("GET /m/x", "Cookie: __Host-kinto-" + TestGateway.CLIENT + "=" + token + OWN).code());
  }

  /** What another page can make a browser send, with the cookie, and without leave. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | Sec-Fetch-Site: cross-site
          GET  | Sec-Fetch-Site: same-origin, none
          GET  | X-Nothing: at all
          HEAD | Sec-Fetch-Site: cross-site
          POST | Sec-Fetch-Site: same-origin
          POST | Sec-Fetch-Site: none
          GET  | Origin: https://evil.example
          POST | Origin: https://evil.example
          POST | Origin: null
          GET  | Origin: null
          POST | Origin: https://blog.example
          GET  | Origin: http://shop.example
          POST | Origin: https://shop.example.evil.example
          """)
  void aForgedRequestIsRefusedAndReachesNobody(String method, String line) throws IOException {
    String cookie = cookie("shop");
    RawAnswer answer = send(method + " /m/x", "Cookie: " + cookie + "\r\n" + line);
    assertEquals(403, answer.status(), answer.toString());
    if (!method.equals("HEAD")) {
      assertEquals("origin-not-allowed", answer.code());
    }
    assertEquals(
        403,
        send(
                method.equals("HEAD") ? "GET /auth" : "DELETE /auth",
                "Cookie: " + cookie + "\r\n" + line)
            .status());
    assertTrue(upstream.received().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | Sec-Fetch-Site: same-origin
          GET  | Sec-Fetch-Site: same-site
          GET  | Sec-Fetch-Site: none
          POST | Origin: https://shop.example
          GET  | Origin: https://shop.example
          """)
  void thePagesOfTheClientCall(String method, String line) throws IOException {
    RawAnswer answer = send(method + " /m/x", "Cookie: a=1; " + cookie("shop") + "\r\n" + line);
    assertEquals(200, answer.status(), answer.toString());
    assertEquals(List.of("a=1"), upstream.take().all("cookie"), "the microservice gets the others");
  }

  @Test
  void pagesOfTheGatewaysOwnAddressCall() throws IOException {
    String own = (protocol == Protocol.HTTP_2 ? "https" : "http") + "://h";
    String cookie = cookie("shop");
    assertEquals(200, send("POST /m/x", "Cookie: " + cookie + "\r\nOrigin: " + own).status());
    assertEquals(List.of(), upstream.take().all("cookie"));
  }

  @Test
  void theHeaderWins() throws IOException {
    String token = gateway.token("blog", "secret-of-blog");
    RawAnswer answer = send("GET /auth", bearer(token) + "\r\nCookie: " + cookie("shop"));
    assertEquals("blog", answer.json().path("clientId").asString(""));
    RawAnswer wrong =
        send("GET /auth", "Kinto-Authorization: Bearer x\r\nCookie: " + cookie("shop") + OWN);
    assertEquals("token-invalid", wrong.code());
  }

  @Test
  void ofSeveralCookiesThatOneCountsWhoseClientListsTheOrigin() throws IOException {
    String both = "Cookie: " + cookie("shop") + "; " + cookie("blog");
    assertEquals(
        "blog",
        send("GET /auth", both + "\r\nOrigin: " + BLOG).json().path("clientId").asString(""));
    assertEquals(
        "shop",
        send("GET /auth", both + "\r\nOrigin: " + SHOP).json().path("clientId").asString(""));
    assertEquals("token-missing", send("GET /auth", both + OWN).code());
    assertEquals("token-missing", send("GET /auth", both + "\r\nOrigin: http://h").code());
  }

  @Test
  void aCookieWithTheTokenOfAnotherClientIsNone() throws IOException {
    String token = gateway.token("blog", "secret-of-blog");
    RawAnswer answer = send("GET /auth", "Cookie: __Host-kinto-shop=" + token + OWN);
    assertEquals("token-invalid", answer.code());
  }

  @Test
  void aCookieThatCameTwiceIsNone() throws IOException {
    String cookie = cookie("shop");
    assertEquals(
        "token-invalid", send("GET /auth", "Cookie: " + cookie + "; " + cookie + OWN).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT /auth", "POST /m/login"})
  void aRotationReplacesTheCookie(String rotation) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nm-user: 7\r\nContent-Length: 0\r\n\r\n");
    String before = cookie("shop");
    RawAnswer answer = send(rotation, "Cookie: " + before + "\r\nOrigin: " + SHOP);
    assertEquals(200, answer.status(), answer.toString());
    assertFalse(answer.toString().contains("\"token\""), answer.toString());
    assertEquals(Optional.empty(), answer.header("kinto-token"));
    String after = answer.header("set-cookie").orElseThrow().split(";", 2)[0];
    assertEquals(200, send("GET /auth", "Cookie: " + after + OWN).status());
    assertEquals("token-replaced", send("GET /auth", "Cookie: " + before + OWN).code());
  }

  @Test
  void theEndOfTheSessionClearsTheCookie() throws IOException {
    String cookie = cookie("shop");
    RawAnswer answer = send("DELETE /auth", "Cookie: " + cookie + "\r\nOrigin: " + SHOP);
    assertEquals(204, answer.status(), answer.toString());
    assertEquals(
        Optional.of("__Host-kinto-shop=" + ATTRIBUTES + "; Max-Age=0"),
        answer.header("set-cookie"));
    assertEquals("session-ended", send("GET /auth", "Cookie: " + cookie + OWN).code());
  }

  @Test
  void noMicroserviceSeesOrSetsACookieOfThisName() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nSet-Cookie: __Host-kinto-shop=planted; Path=/; Secure\r\n"
            + "Set-Cookie: __host-KINTO-x=planted; Path=/; Secure\r\nSet-Cookie: own=1\r\n"
            + "Content-Length: 0\r\n\r\n");
    String token = gateway.token();
    RawAnswer answer =
        send(
            "GET /m/x",
            "Kinto-Authorization: Bearer "
                + token
                + "\r\nCookie: __host-Kinto-shop=1; "
                + cookie("shop"));
    assertEquals(List.of("own=1"), answer.all("set-cookie"));
    assertEquals(List.of(), upstream.take().all("cookie"));
    try (TextClient client = gateway.publicClient()) {
      client.exchange(
          "GET /shop/m/x HTTP/1.1\r\nHost: h\r\nCookie: a=1; " + cookie("shop") + "\r\n\r\n");
    }
    assertEquals(List.of("a=1"), upstream.take().all("cookie"));
  }

  @Test
  void refusalsCanBeReadByThePagesOfTheClient() throws IOException {
    RawAnswer answer = send("GET /auth", "Origin: " + SHOP);
    assertEquals("token-missing", answer.code());
    assertEquals(Optional.of("true"), answer.header("access-control-allow-credentials"));
    RawAnswer preflight =
        send("OPTIONS /m/x", "Origin: " + SHOP + "\r\nAccess-Control-Request-Method: POST");
    assertEquals(204, preflight.status(), preflight.toString());
    assertEquals(Optional.of("true"), preflight.header("access-control-allow-credentials"));
  }

  private RawAnswer obtain(String client, boolean inCookie) throws IOException {
    String secret = client.equals(TestGateway.CLIENT) ? TestGateway.SECRET : "secret-of-" + client;
    String body =
        "{\"clientId\":\"%s\",\"clientSecret\":\"%s\",\"cookie\":%s}"
            .formatted(client, secret, inCookie);
    String origin = client.equals("shop") ? SHOP : BLOG;
    return send("POST /auth", "Content-Type: application/json\r\nOrigin: " + origin, body);
  }

  /** A new cookie of the client, as its browser sends it. */
  private String cookie(String client) throws IOException {
    return obtain(client, true).header("set-cookie").orElseThrow().split(";", 2)[0];
  }

  private RawAnswer send(String methodAndTarget, String lines) throws IOException {
    return send(methodAndTarget, lines, "");
  }

  private RawAnswer send(String methodAndTarget, String lines, String body) throws IOException {
    try (TextClient client = gateway.client()) {
      String length = body.isEmpty() ? "" : "\r\nContent-Length: " + body.length();
      return client.exchange(
          methodAndTarget + " HTTP/1.1\r\nHost: h\r\n" + lines + length + "\r\n\r\n" + body);
    }
  }
}
