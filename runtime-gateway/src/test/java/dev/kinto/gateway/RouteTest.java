package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Only declared routes are reachable (contract C11, C21). Each route of the microservice {@code r}
 * requires a configuration value of its own, {@code route}, by which the upstream's record tells
 * which one was hit.
 */
class RouteTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("r")
                          .route("GET /articles/new")
                          .config("hit-literal")
                          .route("GET /articles/{id}")
                          .config("hit-parameter")
                          .route("GET /articles/{rest*}")
                          .config("hit-rest")
                          .route("POST /articles/{id}")
                          .config("hit-post")
                          .route("GET /articles/new/draft/final")
                          .config("hit-deep")
                          .route("GET /articles/{id}/draft/{part}")
                          .config("hit-deep-parameter")
                          .route("GET /shop/")
                          .config("hit-slash")
                          .route("PUT /only")
                          .config("hit-put")
                          .route("HEAD /own")
                          .config("hit-head")
                          .route("GET /own")
                          .config("hit-get")
                          .build(),
                      upstream.uri())
                  .config("hit-literal", "1")
                  .config("hit-parameter", "1")
                  .config("hit-rest", "1")
                  .config("hit-post", "1")
                  .config("hit-deep", "1")
                  .config("hit-deep-parameter", "1")
                  .config("hit-slash", "1")
                  .config("hit-put", "1")
                  .config("hit-head", "1")
                  .config("hit-get", "1")
                  .grants(
                      "hit-literal",
                      "hit-parameter",
                      "hit-rest",
                      "hit-post",
                      "hit-deep",
                      "hit-deep-parameter",
                      "hit-slash",
                      "hit-put",
                      "hit-head",
                      "hit-get")
                  .service(TestManifest.of("root").route("GET /").build(), upstream.uri())
                  .service(TestManifest.of("auth").route("POST /login").build(), upstream.uri()));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeAll
  static void takeToken() throws IOException {
    token = gateway.token();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /articles/new, hit-literal",
    "GET, /articles/news, hit-parameter",
    "GET, /articles/1, hit-parameter",
    "GET, /articles/New, hit-parameter",
    "GET, /articles/n%20w, hit-parameter",
    "GET, /articles/100%25, hit-parameter",
    "GET, /articles/n%c3%a9w, hit-parameter",
    "GET, /articles/{id}, hit-parameter",
    "GET, /articles/1/2, hit-rest",
    "GET, /articles/1/, hit-rest",
    "GET, /articles/new/, hit-rest",
    "GET, /articles/new/x, hit-rest",
    "GET, /articles/new/draft/final, hit-deep",
    "POST, /articles/7, hit-post",
    "GET, /shop/, hit-slash",
    "HEAD, /own, hit-head",
    "GET, /own, hit-get",
    "HEAD, /articles/new, hit-literal",
    "HEAD, /articles/1, hit-parameter",
    "HEAD, /articles/1/2, hit-rest"
  })
  void literalWinsOverParameterAndThatOverRest(String method, String path, String hit)
      throws IOException {
    RawAnswer answer = call(method, "/r" + path);

    assertEquals(200, answer.status(), answer.toString());
    RawRequest request = upstream.take();
    assertEquals(method + " " + path + " HTTP/1.1", request.line());
    assertEquals(Optional.of("1"), request.header(hit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /r/articles/n%65w",
        "GET /r/articles/%6E%65%77",
        "GET /r/articles/n%2565w",
        "HEAD /r/articles/n%65w",
        "GET /r/articles/7/dr%61ft/final",
        "GET /r/articles/n%65w/draft/final"
      })
  void pathThatIsAnotherRouteWhenItIsDecodedIsRefused(String methodAndTarget) throws IOException {
    String[] parts = methodAndTarget.split(" ");

    RawAnswer answer = call(parts[0], parts[1]);

    assertEquals(400, answer.status(), "the microservice decodes before it matches: " + answer);
    assertTrue(upstream.received().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    // the literal "new" leads nowhere with this method or this end
    "POST, /articles/new, hit-post",
    "GET, /articles/new/draft/other, hit-deep-parameter",
    "GET, /articles/new/draft, hit-rest",
    "GET, /articles/new/draft/final/more, hit-rest",
    "GET, /articles/7/draft/final/more, hit-rest"
  })
  void choiceThatLeadsToNoRouteIsTakenBack(String method, String path, String hit)
      throws IOException {
    RawAnswer answer = call(method, "/r" + path);

    assertEquals(200, answer.status(), answer.toString());
    assertEquals(Optional.of("1"), upstream.take().header(hit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/r",
        "/r/",
        "/r/articles",
        "/r/articles/",
        "/r/shop",
        "/r/shop/x",
        "/r/only/",
        "/r/Only",
        "/root/x",
        "/auth/logout",
        "/auth/"
      })
  void undeclaredPathIs404(String target) throws IOException {
    RawAnswer answer = call("GET", target);

    assertEquals(404, answer.status(), answer.toString());
    assertEquals("route-unknown", answer.code());
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/R/own", "/rr/own", "/x", "/r_/own", "/%72/own"})
  void unknownMicroserviceIs404(String target) throws IOException {
    assertEquals("service-unknown", call("GET", target).code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /r/articles/new | GET, HEAD, POST",
        "POST | /r/articles/1/2 | GET, HEAD",
        "GET | /r/only | PUT",
        "HEAD | /r/only | PUT",
        "PATCH | /r/own | GET, HEAD",
        "OPTIONS | /r/only | PUT",
        "FANCY | /r/only | PUT",
        "TRACE | /r/own | GET, HEAD",
        "CONNECT | /r/own | GET, HEAD",
        "TRACE | /r/nowhere | ''",
        "CONNECT | /r | ''",
        "CONNECT | /nobody/x | ''",
        "TRACE | / | ''",
        "POST | /root | GET, HEAD",
        "PATCH | /auth | DELETE, GET, HEAD, POST, PUT"
      })
  void wrongMethodIs405AndAllowSaysWhichAreRight(String method, String target, String allow)
      throws IOException {
    RawAnswer answer = call(method, target);

    assertEquals(405, answer.status(), answer.toString());
    assertEquals(Optional.of(allow), answer.header("allow"));
    if (!method.equals("HEAD")) {
      assertEquals("method-not-allowed", answer.code());
    }
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @Test
  void headNeedsNoRouteOfItsOwnAndLeavesTheConnectionInOrder() throws IOException {
    call("HEAD", "/r/articles/1");
    call("HEAD", "/r/articles/2");

    assertEquals(200, call("GET", "/r/articles/3").status());
  }

  @Test
  void authIsTheGatewaysOnlyWithoutMore() throws IOException {
    RawAnswer answer = call("POST", "/auth/login");

    assertEquals(200, answer.status(), "contract C19: " + answer);
    assertEquals("POST /login HTTP/1.1", upstream.take().line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/root", "/root/"})
  void rootIsMeantWithAndWithoutSlash(String target) throws IOException {
    assertEquals(200, call("GET", target).status());
    assertEquals("GET / HTTP/1.1", upstream.take().line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/r/own", "/r/nowhere", "/nobody", "/", "/x/y?z"})
  void withoutATokenEveryAddressAnswers401(String target) throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer = client.exchange("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");

      assertEquals("token-missing", answer.code(), "contract C21a");
      assertEquals(Optional.of("Bearer"), answer.header("www-authenticate"));
    }
  }

  private static RawAnswer call(String method, String target) throws IOException {
    return gateway.send(method + " " + target, token);
  }
}
