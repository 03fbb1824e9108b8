package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.observe.RecentRequests.Filter;
import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.observe.RequestRecord.Injected;
import dev.kinto.gateway.observe.RequestRecord.Missing;
import dev.kinto.gateway.observe.RequestRecord.Removed;
import dev.kinto.gateway.observe.Why;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a gateway knows of a request when it is over, refused ones too (contract C45). */
@Timeout(120)
class RecentRequestsTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("auth")
                          .route("POST /login")
                          .writes("auth-userId")
                          .writes("auth-email")
                          .build(),
                      upstream.uri())
                  .service(
                      TestManifest.of("articles")
                          .route("POST /articles")
                          .reads("auth-userId")
                          .mayRead("auth-email")
                          .config("apiKey")
                          .route("GET /{id}")
                          .build(),
                      upstream.uri())
                  .grants("apiKey")
                  .publicRoutes("GET /{id}")
                  .service(
                      TestManifest.of("gone").route("GET /x").build(),
                      URI.create("http://127.0.0.1:1"))
                  .config("apiKey", "the-key")
                  .client("seldom", "secret-of-seldom")
                  .clientKey("requestLimit", Map.of("requests", 1, "per", "PT1H")));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeEach
  void begin() throws Exception {
    token = gateway.token();
  }

  private static RequestRecord sent(String methodAndTarget, String more) throws Exception {
    try (RawClient client = gateway.connect()) {
      return gateway
          .running()
          .recorded(
              client.exchange(
                  methodAndTarget
                      + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nKinto-Authorization: Bearer "
                      + token
                      + "\r\n"
                      + more
                      + "\r\n"));
    }
  }

  private static RequestRecord login() throws Exception {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nauth-userId: 42\r\nauth-email: a@b.c\r\n"
            + "auth-age: 7\r\n\r\nhello");
    return sent("POST /auth/login?secret=1", "");
  }

  @Test
  void aMissingFieldIsNamedWithWhoProvidesIt() throws Exception {
    RequestRecord refused = sent("POST /articles/articles", "auth-userid: 1\r\n");
    String session = refused.session().orElseThrow().toString();
    assertEquals(
        "articles POST /articles, client demo-web, session "
            + session.substring(0, 8)
            + "…: `auth-userId` missing, provided by auth POST /login;"
            + " sent by the client and removed: `auth-userid`",
        Why.of(refused));
    assertEquals(403, refused.status());
    assertEquals("session-field-required", refused.code());
    assertEquals(
        List.of(new Missing("auth-userId", List.of("POST /auth/login"))), refused.missing());
    assertEquals(List.of(new Removed("auth-userid", "auth")), refused.removed());
  }

  @Test
  void whatWasWrittenAndInjectedIsKnownAndNoRecordPrintsAValue() throws Exception {
    RequestRecord login = login();
    assertEquals(List.of("auth-userId", "auth-email"), login.written());
    assertEquals(List.of("auth-age"), login.undeclared());
    assertEquals("/auth/login", login.path(), "the query is nobody's business");
    assertEquals("POST /auth/login", login.route().called());
    assertEquals(5, login.bytes());
    assertEquals(upstream.uri().toString(), login.upstream().text());
    assertTrue(login.upstreamTime().isPositive(), login.upstreamTime().toString());
    assertTrue(login.time().compareTo(login.upstreamTime()) >= 0, login.time().toString());
    upstream.answers("HTTP/1.1 204 No Content\r\n\r\n");
    RequestRecord published = sent("POST /articles/articles", "");
    assertEquals(
        List.of(new Injected("auth-email", "a@b.c"), new Injected("auth-userId", "42")),
        published.injected());
    assertEquals(List.of("apiKey"), published.config());
    assertFalse(published.toString().contains("a@b.c"), published.toString());
  }

  /** Whatever a request is refused for, and however early. */
  @Test
  void refusedRequestsAreThereToo() throws Exception {
    assertCode("route-unknown", sent("POST /articles/none/such", ""));
    assertCode("service-unknown", sent("GET /nobody/x", ""));
    assertCode("method-not-allowed", sent("PATCH /articles/1", ""));
    assertCode("request-invalid", sent("GET /articles//1", ""));
    assertCode("request-invalid", sent("GET /articles/1", "bad name: x\r\n"));
    assertCode("upstream-unreachable", sent("GET /gone/x", ""));
    assertEquals("http://127.0.0.1:1", sent("GET /gone/x", "").upstream().text());
    token = "k1.forged";
    RequestRecord forged = sent("GET /articles/1", "");
    assertCode("token-invalid", forged);
    assertTrue(Why.of(forged).startsWith("GET /articles/1: 401 token-invalid ("), Why.of(forged));
    assertCode("client-invalid", gateway.running().recorded(gateway.issue("demo-web", "wrong")));
    token = gateway.token("seldom", "secret-of-seldom");
    sent("GET /articles/1", "");
    assertCode("rate-limited", sent("GET /articles/1", ""));
    try (RawClient client = gateway.connectPublic()) {
      RequestRecord unknown =
          gateway
              .running()
              .recorded(client.exchange("GET /nobody/articles/1 HTTP/1.1\r\nHost: h\r\n\r\n"));
      assertCode("client-unknown", unknown);
      assertEquals("public", unknown.listener());
    }
  }

  private static void assertCode(String code, RequestRecord request) {
    assertEquals(code, request.code(), request.toString());
    assertEquals("127.0.0.1", request.address());
    assertTrue(Why.of(request).contains(code), Why.of(request));
  }

  @Test
  void theyAreFoundByCodeRouteAndSession() throws Exception {
    RequestRecord login = login();
    RequestRecord unknown = sent("GET /articles/none/such", "");
    String session = login.session().orElseThrow().toString();
    assertEquals(
        Stream.of(unknown, login).map(RequestRecord::requestId).toList(),
        ids(new Filter("", "", "", "", session)).subList(0, 2),
        "the newest first");
    assertEquals(
        List.of(unknown.requestId()), ids(new Filter("4xx", "route-unknown", "", "", session)));
    assertEquals(
        List.of(login.requestId()),
        ids(new Filter("200", "", "POST /auth/login", TestGateway.CLIENT, session)));
    assertEquals(
        1, gateway.running().recent().list(Filter.ALL, 1, OptionalLong.empty()).requests().size());
  }

  private static List<String> ids(Filter filter) {
    return gateway.running().recent().list(filter, 100, OptionalLong.empty()).requests().stream()
        .map(RequestRecord::requestId)
        .toList();
  }
}
