package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kinto.gateway.config.SecretHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators' console, as browsers and those who forge their requests see it. */
class ConsoleTest {
  private static final String OWN = "Sec-Fetch-Site: same-origin";
  private static final String BY_ITSELF = "Kinto-Console-Refresh: 1";
  private static final String SECRET_LINE = "Authorization: Bearer " + AdminClient.SECRET;
  private static final Pattern COOKIE =
      Pattern.compile("(kinto-console-\\d+=[\\w-]{43}); Path=/console/; HttpOnly; SameSite=Strict");

  @TempDir static Path folder;
  @AutoClose private static TestGateway gateway;
  @AutoClose private static RawUpstream upstream;
  private static AdminClient browser;

  @BeforeAll
  static void start() throws Exception {
    upstream = RawUpstream.start();
    gateway =
        withSecret(TestGateway.in(folder), AdminClient.SECRET)
            .service(
                TestManifest.of("console").route("GET /console/session").build(), upstream.uri())
            .start();
    browser = AdminClient.of(gateway);
  }

  private static TestGateway.Builder withSecret(TestGateway.Builder builder, String secret) {
    return builder.set("admin.secretHash", SecretHash.of(secret).toString());
  }

  /** The cookie that a log-in gives, as a request shows it. */
  private static String logIn(AdminClient at) throws IOException {
    RawAnswer answer = at.askWith("POST /console/session", SECRET_LINE, OWN);
    assertEquals(200, answer.status(), answer.toString());
    assertEquals(
        SecretHash.of(AdminClient.SECRET).id(), answer.json().path("operator").stringValue());
    Matcher cookie = COOKIE.matcher(answer.header("set-cookie").orElseThrow());
    assertTrue(cookie.matches(), answer.toString());
    return "Cookie: " + cookie.group(1);
  }

  private static int status(AdminClient at, String cookie) throws IOException {
    return at.askWith("GET /console/api/configuration", cookie, OWN).status();
  }

  /** The page, or why there is none: a jar that was built without node has no console. */
  private static RawAnswer page() throws IOException {
    RawAnswer page = browser.askWith("GET /console/");
    assumeTrue(
        page.status() == 200 || System.getenv("CI") != null,
        "The jar was built without node, and has no console");
    return page;
  }

  @Test
  void thePageAndItsFilesAreServedToAnybodyAndHoldNothing() throws Exception {
    RawAnswer page = page();

    assertEquals(200, page.status(), page.toString());
    assertEquals(Optional.of("text/html; charset=utf-8"), page.header("content-type"));
    assertEquals(Optional.of("no-cache"), page.header("cache-control"));
    List<String> files = new ArrayList<>();
    Matcher named = Pattern.compile("(?:src|href)=\"\\./([^\"]+)\"").matcher(page.text());
    while (named.find()) {
      files.add(named.group(1));
    }
    assertTrue(files.stream().anyMatch(name -> name.endsWith(".js")), page.text());
    for (String name : files) {
      RawAnswer file = browser.askWith("GET /console/" + name);
      assertEquals(200, file.status(), name);
      assertEquals(
          Optional.of("public, max-age=31536000, immutable"), file.header("cache-control"));
      RawAnswer gzipped = browser.askWith("GET /console/" + name, "Accept-Encoding: gzip, br");
      assertEquals(Optional.of("gzip"), gzipped.header("content-encoding"));
      assertTrue(gzipped.body().length < file.body().length || file.body().length < 500, name);
    }
    RawAnswer licences = browser.askWith("GET /console/licences.txt");
    assertTrue(licences.text().contains("elkjs"), "what its libraries want to be shipped with it");
    RawAnswer head = browser.askWith("HEAD /console/");
    assertEquals(page.header("content-length"), head.header("content-length"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /console",
        "GET /console/",
        "GET /console/nothing",
        "GET /console/session",
        "POST /console/",
        "GET /console/api/graph"
      })
  void everyAnswerKeepsEverythingOfOthersAway(String request) throws Exception {
    RawAnswer answer = browser.askWith(request);

    assertEquals(
        Optional.of(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                + " form-action 'self'"),
        answer.header("content-security-policy"),
        answer.toString());
    assertEquals(Optional.of("nosniff"), answer.header("x-content-type-options"));
    assertEquals(Optional.of("no-referrer"), answer.header("referrer-policy"));
    assertEquals(Optional.of("same-origin"), answer.header("cross-origin-resource-policy"));
    assertEquals(Optional.empty(), answer.header("access-control-allow-origin"));
  }

  @Test
  void withoutItsSlashItLeadsThere() throws Exception {
    RawAnswer answer = browser.askWith("GET /console");

    assertEquals(308, answer.status());
    assertEquals(Optional.of("console/"), answer.header("location"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /console/nothing, 404, address-unknown",
    "GET /console/assets/, 404, address-unknown",
    "GET /console/assets/nothing.js, 404, address-unknown",
    "GET /console/ConsoleFiles.class, 404, address-unknown",
    "GET /console/assets/x/y.js, 404, address-unknown",
    "GET /console/assets/%2e%2e/index.html, 400, request-invalid",
    "GET /console/../api/graph, 400, request-invalid",
    "GET /consoles, 401, operator-invalid",
    "DELETE /console/, 405, method-not-allowed",
    "PUT /console/session, 405, method-not-allowed",
  })
  void whatItDoesNotKnowIsSaid(String request, int status, String code) throws Exception {
    RawAnswer answer = browser.askWith(request, OWN);

    assertEquals(status, answer.status(), answer.toString());
    assertEquals(code, answer.code());
  }

  @Test
  void whoIsLoggedInAsksWhatTheApiAnswers() throws Exception {
    String cookie = logIn(browser);
    for (String path : List.of("environments", "graph", "traffic", "requests", "sessions")) {
      RawAnswer answer = browser.askWith("GET /console/api/" + path, cookie, OWN);

      assertEquals(200, answer.status(), answer.toString());
      assertEquals(Optional.of("no-store"), answer.header("cache-control"));
      assertEquals(Optional.empty(), answer.header("set-cookie"));
    }
    RawAnswer who = browser.askWith("GET /console/session", cookie, OWN);
    assertEquals(200, who.status(), who.toString());
    assertEquals(
        "parameter-invalid",
        browser.askWith("GET /console/api/sessions?limit=0", cookie, OWN).code());
  }

  /** So nothing that changes anything can be forged there. */
  @Test
  void theApiItselfKnowsNoCookie() throws Exception {
    RawAnswer answer = browser.askWith("GET /api/configuration", logIn(browser), OWN);

    assertEquals("operator-invalid", answer.code(), answer.toString());
  }

  @Test
  void theSecretIsNoCookieAndTheConsoleTakesNoSecretForData() throws Exception {
    String name = logIn(browser).replaceAll("=.*", "=");

    assertEquals(401, status(browser, name + AdminClient.SECRET));
    assertEquals(401, status(browser, name));
    assertEquals(401, status(browser, SECRET_LINE));
    String cookie = logIn(browser);
    assertEquals(401, status(browser, cookie + "; " + cookie.substring("Cookie: ".length())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: 1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: none",
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:1",
      })
  void whatAnotherPageSendsChangesNothing(String line) throws Exception {
    String cookie = logIn(browser);
    for (String request :
        List.of(
            "DELETE /console/api/sessions?client=demo-web",
            "DELETE /console/session",
            "POST /console/session")) {
      RawAnswer answer = browser.askWith(request, cookie, SECRET_LINE, line);

      assertEquals("origin-not-allowed", answer.code(), answer.toString());
    }
    assertEquals(200, status(browser, cookie), "it is logged in still");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"})
  void whatAnotherPageAsksIsNotAnswered(String line) throws Exception {
    RawAnswer answer = browser.askWith("GET /console/api/sessions", logIn(browser), line);

    assertEquals("origin-not-allowed", answer.code(), answer.toString());
  }

  /** As browsers send it that do not know Sec-Fetch-Site. */
  @Test
  void theOwnOriginIsEnough() throws Exception {
    RawAnswer answer =
        browser.askWith(
            "DELETE /console/session", logIn(browser), "Origin: http://localhost", "X: 1");

    assertEquals(200, answer.status(), answer.toString());
  }

  @Test
  void aLogOutEndsItAndTakesTheCookieAway() throws Exception {
    String cookie = logIn(browser);
    try (LogLines log = LogLines.open()) {
      RawAnswer answer = browser.askWith("DELETE /console/session", cookie, OWN);

      assertEquals(200, answer.status(), answer.toString());
      assertTrue(answer.header("set-cookie").orElseThrow().endsWith("; Max-Age=0"));
      log.await("logged out of the console");
    }
    assertEquals(401, status(browser, cookie));
  }

  @Test
  void aLogInGivesAnotherSessionAndEndsTheOneBefore() throws Exception {
    String first = logIn(browser);
    RawAnswer answer = browser.askWith("POST /console/session", SECRET_LINE, OWN, first);

    assertFalse(answer.header("set-cookie").orElseThrow().contains(first.split("=")[1]));
    assertEquals(401, status(browser, first));
  }

  @Test
  void itEndsWhenNobodyUsesItAndWhenItIsOld() throws Exception {
    String cookie = logIn(browser);
    gateway.clock().advance(Duration.ofMinutes(20));
    assertEquals(200, status(browser, cookie));
    gateway.clock().advance(Duration.ofMinutes(20));
    assertEquals(200, browser.askWith("GET /console/api/graph", cookie, OWN, BY_ITSELF).status());
    gateway.clock().advance(Duration.ofMinutes(20));
    assertEquals(401, status(browser, cookie), "what a page asks by itself is no use");

    String old = logIn(browser);
    for (int i = 0; i < 36; i++) {
      assertEquals(200, status(browser, old));
      gateway.clock().advance(Duration.ofMinutes(20));
    }
    assertEquals(401, status(browser, old));
  }

  @Test
  void thereAreFewAndTheLeastUsedMakesRoom() throws Exception {
    String used = logIn(browser);
    String idle = logIn(browser);
    for (int i = 0; i < 63; i++) {
      assertEquals(200, status(browser, used));
      logIn(browser);
    }

    assertEquals(200, status(browser, used));
    assertEquals(401, status(browser, idle));
  }

  @Test
  void itEndsForGoodWithItsSecret(@TempDir Path other) throws Exception {
    String next = "the-secret-that-takes-its-place-0123456789";
    TestGateway.Builder builder = withSecret(TestGateway.in(other), AdminClient.SECRET);
    try (TestGateway changed = builder.start()) {
      AdminClient at = AdminClient.of(changed);
      String cookie = logIn(at);
      changed.reload(builder.client("another", "its-secret"));
      assertEquals(200, status(at, cookie), "another change ends nothing");

      changed.reload(withSecret(builder, next));
      assertEquals(401, status(at, cookie));
      changed.reload(withSecret(builder, AdminClient.SECRET));
      assertEquals(401, status(at, cookie));
    }
  }

  @Test
  void wrongSecretsAreThrottledAsTheApiDoes(@TempDir Path other) throws Exception {
    try (TestGateway tried = withSecret(TestGateway.in(other), AdminClient.SECRET).start()) {
      AdminClient at = AdminClient.of(tried);
      String wrong = "Authorization: Bearer wrong";
      for (int i = 0; i < 5; i++) {
        RawAnswer answer = at.askWith("POST /console/session", wrong, OWN);
        assertEquals("operator-invalid", answer.code(), answer.toString());
        assertEquals(Optional.empty(), answer.header("set-cookie"));
        assertEquals(401, at.askWith("GET /api/graph", wrong).status());
      }
      RawAnswer refused = at.askWith("POST /console/session", wrong, OWN);

      assertEquals("rate-limited", refused.code(), refused.toString());
      assertTrue(refused.header("retry-after").isPresent());
      logIn(at);
    }
  }

  @Test
  void withoutASecretItSaysHowToGetOne(@TempDir Path other) throws Exception {
    try (TestGateway closed = TestGateway.in(other).start()) {
      for (String request : List.of("GET /console/", "POST /console/session", "GET /console")) {
        RawAnswer answer = AdminClient.of(closed).askWith(request, OWN);

        assertEquals("admin-disabled", answer.code(), answer.toString());
        assertTrue(answer.text().contains("admin new"), answer.text());
      }
    }
  }

  /** Browsers send a cookie to all ports of a host: here a microservice is called console. */
  @Test
  void noMicroserviceSeesTheCookie() throws Exception {
    String cookie = logIn(browser);
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "GET /console/console/session HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer "
                  + gateway.token()
                  + "\r\n"
                  + cookie
                  + "; other=1\r\n\r\n");
      assertEquals(200, answer.status(), answer.toString());
    }

    assertEquals(Optional.of("other=1"), upstream.received().getLast().header("cookie"));
  }

  @Test
  void gatewaysOnOneHostHaveCookiesOfTheirOwn() throws Exception {
    String first = askedAt("localhost:9090");
    String second = askedAt("localhost:9091");

    assertNotEquals(first.split("=")[0], second.split("=")[0]);
  }

  private static String askedAt(String host) throws IOException {
    try (RawClient client = RawClient.to(gateway.admin())) {
      return client
          .exchange(
              "POST /console/session HTTP/1.1\r\nHost: "
                  + host
                  + "\r\n"
                  + SECRET_LINE
                  + "\r\n"
                  + OWN
                  + "\r\n\r\n")
          .header("set-cookie")
          .orElseThrow();
    }
  }

  @Test
  void overTlsTheCookieDoesNotTravelInTheClear(@TempDir Path other) throws Exception {
    TestCertificate certificate = TestCertificate.in(other, "localhost");
    TestGateway.Builder builder = withSecret(TestGateway.in(other), AdminClient.SECRET);
    try (TestGateway secure = builder.set("listeners.admin.tls", certificate.config()).start();
        RawClient client = RawClient.over(TestCertificate.connect(secure.admin(), "localhost"))) {
      RawAnswer answer =
          client.exchange(
              "POST /console/session HTTP/1.1\r\nHost: localhost\r\n"
                  + SECRET_LINE
                  + "\r\n"
                  + OWN
                  + "\r\n\r\n");

      assertTrue(answer.header("set-cookie").orElseThrow().endsWith("; Secure"), answer.head());
    }
  }
}
