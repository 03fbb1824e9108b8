package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What went wrong in other gateways and clients, each fault as one test. The comments name where it
 * was found; other tests go further into each.
 */
class LessonsTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("auth")
                          .route("POST /login")
                          .writes("auth-userId")
                          .writes("auth-plan")
                          .build(),
                      upstream.uri())
                  .service(
                      TestManifest.of("shop")
                          .route("GET /read")
                          .mayRead("auth-userId")
                          .mayRead("auth-plan")
                          .route("GET /open/{rest*}")
                          .route("GET /closed")
                          .build(),
                      upstream.uri())
                  .publicRoutes("GET /open/{rest*}")
                  .client("page", "secret-of-page")
                  .clientKey("allowedOrigins", List.of("https://page.example")));

  private static final RawUpstream upstream = gateway.upstream();

  private String token = "";

  @BeforeEach
  void newSession() throws IOException {
    token = gateway.token();
  }

  /** KrakenD jose #103, Caddy GHSA-7r4p-vjf4-gxv4, Tyk #4805, APISIX CVE-2026-44087. */
  @Test
  void headerOfTheClientDoesNotStandInForAFieldThatTheSessionLacks() throws IOException {
    get("/shop/read", token, "auth-userId: 1\r\n");

    assertEquals(List.of(), upstream.take().folded("auth-userId"), "contract C30");
  }

  /** Traefik GHSA-qr99-7898-vr7c and CVE-2026-54763, oauth2-proxy CVE-2025-64484. */
  @ParameterizedTest
  @ValueSource(
      strings = {"AUTH-USERID", "auth_userId", "auth.userId", "Auth_Userid", "AUTH.userid"})
  void headerOfTheClientInAnotherSpellingIsThatHeader(String name) throws IOException {
    login("auth-userId: 7\r\n");

    get("/shop/read", token, name + ": 1\r\n");

    assertEquals(List.of("auth-userId: 7"), upstream.take().folded("auth-userId"), "contract C2");
  }

  /** Traefik CVE-2024-45410, Fabio CVE-2025-48865. */
  @ParameterizedTest
  @ValueSource(strings = {"auth-userId", "close, AUTH_USERID", "kinto-access"})
  void connectionHeaderRemovesNothingThatTheGatewayAdds(String named) throws IOException {
    login("auth-userId: 7\r\n");

    get("/shop/read", token, "Connection: " + named + "\r\n");

    RawRequest request = upstream.take();
    assertEquals(Optional.of("7"), request.header("auth-userId"), "contract C30, C31");
    assertEquals(Optional.of("token"), request.header("kinto-access"));
  }

  /** Oathkeeper CVE-2026-33494, Envoy CVE-2021-29492, Zuul #2152, Traefik GHSA-6jwx-7vp4-9847. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open/../closed",
        "/open/%2e%2e/closed",
        "/open/..%2fclosed",
        "/open%2f..%2fclosed",
        "/open/..;/closed",
        "/open/..\\closed",
        "/open/%252e%252e/closed",
        "/open//../closed"
      })
  void pathOfAClosedRouteIsNotReachedThroughAnOpenOne(String path) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      String target = "/" + TestGateway.CLIENT + "/shop" + path;
      RawAnswer answer = client.exchange("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");

      assertEquals(400, answer.status(), "contract C21: " + answer);
      assertTrue(upstream.received().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/open/a%20b", "/open/%41", "/open/%c0%ae%c0%ae/x", "/open/a%2Bb?%2e%2e/"})
  void pathIsForwardedInTheFormInWhichItWasChecked(String path) throws IOException {
    get("/shop" + path, token, "");

    assertEquals(path, upstream.take().target(), "contract C21");
  }

  /** Envoy CVE-2020-25017. */
  @Test
  void ofARepeatedHeaderNoneIsTakenForTheOnlyOne() throws IOException {
    login("auth-userId: 7\r\n");

    get("/shop/read", token, "auth-userId: 7\r\nauth-userId: 1\r\nAuth_UserId: 2\r\n");
    assertEquals(List.of("auth-userId: 7"), upstream.take().folded("auth-userId"));

    String second = bearer(gateway.token()) + "\r\n";
    assertEquals("token-invalid", get("/shop/read", token, second).code(), "contract C25");
    assertTrue(upstream.received().isEmpty());
  }

  /** Spring Cloud Gateway CVE-2025-41235, Envoy CVE-2024-45806, oauth2-proxy CVE-2026-40575. */
  @Test
  void forwardedHeadersAreNotBelievedFromAnyone() throws IOException {
    get(
        "/shop/read",
        token,
        "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"
            + "X-Forwarded-Prefix: /x\r\nX-Forwarded-Port: 1\r\nForwarded: for=6.6.6.6\r\n"
            + "X_Forwarded_For: 6.6.6.6\r\n");

    RawRequest request = upstream.take();
    assertEquals(List.of("127.0.0.1"), request.all("x-forwarded-for"), "contract C31");
    assertEquals(List.of("http"), request.all("x-forwarded-proto"));
    assertTrue(!request.lines().toString().contains("6.6.6.6"), request.lines().toString());
    assertTrue(!request.lines().toString().contains("evil.example"), request.lines().toString());
  }

  /** Spring Cloud Gateway #229, Envoy gateway #2312. */
  @Test
  void preflightNeedsNoToken() throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "OPTIONS /shop/read HTTP/1.1\r\nHost: test\r\nOrigin: https://page.example\r\n"
                  + "Access-Control-Request-Method: GET\r\n"
                  + "Access-Control-Request-Headers: kinto-authorization\r\n\r\n");

      assertEquals(204, answer.status(), "contract C25: " + answer);
    }
  }

  /** Oathkeeper CVE-2026-33496, CVE-2021-32701: nothing of one session is another's. */
  @Test
  void sameRequestWithAnotherTokenIsAnotherRequest() throws IOException {
    login("auth-userId: 7\r\n");
    String other = gateway.token();
    try (RawClient client = gateway.connect()) {
      for (String each : List.of(token, other, token, other)) {
        client.exchange(request("GET", "/shop/read", each, ""));

        assertEquals(
            each.equals(token) ? List.of("7") : List.of(), upstream.take().all("auth-userId"));
      }
      assertEquals("token-invalid", client.exchange(request("GET", "/shop/read", "x", "")).code());
    }
    login("auth-userId:\r\n");
    get("/shop/read", token, "");
    assertEquals(List.of(), upstream.take().all("auth-userId"), "nor one from before the logout");
  }

  /** Spring Session #1471, and why KintoHub left JWTs. */
  @Test
  void parallelAnswersDoNotOverwriteOneAnothersFields() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    upstream.answers(
        (request, connection) -> {
          both.countDown();
          await(both);
          connection.send(
              "HTTP/1.1 200 OK\r\n"
                  + request.header("x-sets").orElseThrow()
                  + "\r\nContent-Length: 0\r\n\r\n");
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RawAnswer>> answers = new ArrayList<>();
      for (String sets : List.of("auth-userId: 7", "auth-plan: pro")) {
        answers.add(threads.submit(() -> post("/auth/login", "X-Sets: " + sets + "\r\n")));
      }
      for (Future<RawAnswer> answer : answers) {
        assertEquals(200, answer.get().status());
      }
    }
    upstream.reset();
    get("/shop/read", token, "");

    RawRequest request = upstream.take();
    assertEquals(Optional.of("7"), request.header("auth-userId"), "contract C26");
    assertEquals(Optional.of("pro"), request.header("auth-plan"));
  }

  /** Several tabs with one token: okhttp #3984, auth0-spa-js #553 #755, angular-auth-oidc #2237. */
  @Test
  void tabsThatRotateTheSameTokenDoNotLogOneAnotherOut() throws Exception {
    login("auth-userId: 7\r\n");
    List<RawAnswer> rotated = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RawAnswer>> tabs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tabs.add(threads.submit(() -> exchange(request("PUT", "/auth", token, ""))));
      }
      for (Future<RawAnswer> tab : tabs) {
        rotated.add(tab.get());
      }
    }
    assertTrue(rotated.stream().anyMatch(each -> each.status() == 200), rotated.toString());
    assertEquals(200, get("/shop/read", token, "").status(), "contract C28: within the grace");

    upstream.reset();
    String newest = exchange(request("PUT", "/auth", token, "")).json().path("token").asString("");
    assertEquals(200, get("/shop/read", newest, "").status(), "a lost answer is asked for again");
    assertEquals(Optional.of("7"), upstream.take().header("auth-userId"), "it is the same session");
  }

  private void login(String fields) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 0\r\n\r\n");
    assertEquals(200, post("/auth/login", "").status());
    upstream.reset();
  }

  private RawAnswer post(String target, String lines) throws IOException {
    return exchange(request("POST", target, token, lines));
  }

  private static RawAnswer get(String target, String token, String lines) throws IOException {
    return exchange(request("GET", target, token, lines));
  }

  private static RawAnswer exchange(String request) throws IOException {
    return gateway.exchange(request);
  }

  private static String request(String method, String target, String token, String lines) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: test\r\nKinto-Authorization: Bearer "
        + token
        + "\r\n"
        + lines
        + "\r\n";
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
