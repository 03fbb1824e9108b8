package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** The public listener: listed routes only, no token, no session (contract C20). */
class PublicListenerTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("some")
                          .route("POST /hook")
                          .named("webhook")
                          .writes("some-last")
                          .mayRead("some-plan", "free")
                          .mayRead("some-last")
                          .route("GET /articles/{id}")
                          .named("read")
                          .route("GET /hidden")
                          .named("hidden")
                          .build(),
                      upstream.uri())
                  .publicRoutes("webhook", "GET /articles/{id}")
                  .service(
                      TestManifest.of("open")
                          .route("GET /")
                          .route("GET /mine")
                          .reads("some-last")
                          .build(),
                      upstream.uri())
                  .publicRoutes("all")
                  .service(TestManifest.of("closed").route("GET /").build(), upstream.uri())
                  .environment("other")
                  .client("elsewhere", "secret-of-elsewhere"));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeAll
  static void takeToken() throws IOException {
    token = gateway.token();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /demo-web/some/hook, /hook",
    "GET, /demo-web/some/articles/7?q, /articles/7?q",
    "HEAD, /demo-web/some/articles/7, /articles/7",
    "GET, /demo-web/open, /",
    "GET, /demo-web/open/, /"
  })
  void listedRoutesAnswerByNameBySignatureAndByAll(String method, String target, String forwarded)
      throws IOException {
    RawAnswer answer = call(method + " " + target);

    assertEquals(200, answer.status(), answer.toString());
    RawRequest request = upstream.take();
    assertEquals(method + " " + forwarded + " HTTP/1.1", request.line());
    assertEquals(Optional.of("public"), request.header("kinto-access"), "contract C31");
    assertEquals(Optional.of("demo-web"), request.header("kinto-client-id"));
    assertEquals(Optional.of("demo"), request.header("kinto-environment"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/demo-web/some/hidden", "/demo-web/closed", "/demo-web/closed/"})
  void whatIsNotListedIs403(String target) throws IOException {
    RawAnswer answer = call("GET " + target);

    assertEquals(403, answer.status(), answer.toString());
    assertEquals("service-not-public", answer.code());
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @ParameterizedTest
  @CsvSource({
    "/nobody/open, 404, client-unknown",
    "/Demo-web/open, 404, client-unknown",
    "/demo%2Dweb/open, 404, client-unknown",
    "/, 404, client-unknown",
    "/open, 404, client-unknown",
    "/auth, 404, client-unknown",
    "/demo-web, 404, service-unknown",
    "/demo-web/, 404, service-unknown",
    "/demo-web/nothing, 404, service-unknown",
    "/elsewhere/open, 404, service-unknown",
    "/demo-web/open/nothing, 404, route-unknown",
    "/demo-web/some/hook, 405, method-not-allowed"
  })
  void whatDoesNotExistIsToldApart(String target, int status, String code) throws IOException {
    RawAnswer answer = call("GET " + target);

    assertEquals(status, answer.status(), answer.toString());
    assertEquals(code, answer.code());
  }

  @Test
  void allDoesNotOpenARouteThatRequiresASessionField() throws IOException {
    RawAnswer answer = call("GET /demo-web/open/mine");

    assertEquals("session-field-required", answer.code(), "contract C20, C6");
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @Test
  void tokenGivesAPublicCallNoSession() throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nsome-last: stored\r\nContent-Length: 0\r\n\r\n");
    try (RawClient client = gateway.connect()) {
      client.exchange(request("POST /some/hook", bearer(token)));
      upstream.take();
    }

    call("POST /demo-web/some/hook", bearer(token));

    RawRequest request = upstream.take();
    assertEquals(List.of(), request.folded("some-last"));
    assertEquals(List.of(), request.folded("kinto-authorization"));
    assertEquals(Optional.of("free"), request.header("some-plan"), "the default, contract C6");
    assertEquals(Optional.of("public"), request.header("kinto-access"));
  }

  @Test
  void sessionHeadersOfThePublicAnswerAreDropped() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nsome-last: 1\r\nSOME_OTHER: 2\r\nopen.x: 3\r\nX-Kept: 4\r\n"
            + "Content-Length: 2\r\n\r\nok");

    RawAnswer answer = call("POST /demo-web/some/hook");

    assertEquals(200, answer.status());
    String head = answer.head().toLowerCase(java.util.Locale.ROOT);
    assertFalse(head.contains("some"), head);
    assertFalse(head.contains("open"), head);
    assertEquals(Optional.of("4"), answer.header("x-kept"));
  }

  /** What is dropped need not be valid. */
  @Test
  void sessionHeadersOfThePublicAnswerAreNotLookedAt() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nsome-last: %FF\r\nsome-last: "
            + "x".repeat(9_000)
            + "\r\nContent-Length: 2\r\n\r\nok");

    RawAnswer answer = call("POST /demo-web/some/hook");

    assertEquals(200, answer.status(), answer.toString());
    assertEquals(List.of(), answer.all("some-last"));
  }

  @Test
  void addressesInThePublicAnswerBeginWithTheClientId() throws IOException {
    upstream.answers(
        "HTTP/1.1 302 Found\r\nLocation: /articles/8\r\nSet-Cookie: a=b; Path=/articles\r\n"
            + "Content-Length: 0\r\n\r\n");

    RawAnswer answer = call("GET /demo-web/some/articles/7");

    assertEquals(Optional.of("/demo-web/some/articles/8"), answer.header("location"));
    assertEquals(Optional.of("a=b; Path=/demo-web/some/articles"), answer.header("set-cookie"));
  }

  private static RawAnswer call(String methodAndTarget, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(methodAndTarget + " HTTP/1.1\r\nHost: test\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    try (RawClient client = gateway.connectPublic()) {
      return client.exchange(request + "\r\n");
    }
  }
}
