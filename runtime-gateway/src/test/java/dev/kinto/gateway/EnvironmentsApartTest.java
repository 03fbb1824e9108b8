package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two environments of one gateway know nothing of each other (contract, vocabulary; C21). They have
 * different versions of the same microservices: {@code staging} has the next one of {@code auth}
 * and {@code shop}, and {@code only}, which {@code demo} lacks.
 */
class EnvironmentsApartTest {
  private static final String DEMO_PAGE = "https://demo.example";
  private static final String STAGING_PAGE = "https://staging.example";

  @TempDir static Path folder;
  @AutoClose private static RawUpstream demoAuth;
  @AutoClose private static RawUpstream demoShop;
  @AutoClose private static RawUpstream stagingAuth;
  @AutoClose private static RawUpstream stagingShop;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    demoAuth = RawUpstream.start();
    demoShop = RawUpstream.start();
    stagingAuth = RawUpstream.start();
    stagingShop = RawUpstream.start();
    gateway = both().start();
  }

  private static TestGateway.Builder both() throws IOException {
    return staging(
        demo(TestGateway.in(folder).clientKey("allowedOrigins", List.of(DEMO_PAGE)))
            .environment("staging")
            .client("staging-web", "s")
            .clientKey("allowedOrigins", List.of(STAGING_PAGE)));
  }

  private static TestGateway.Builder demo(TestGateway.Builder builder) throws IOException {
    Manifest auth =
        TestManifest.of("auth")
            .route("POST /login")
            .writes("auth-userId")
            .writes("auth-plan")
            .build();
    Manifest shop =
        TestManifest.of("shop")
            .route("GET /see")
            .mayRead("auth-userId")
            .mayRead("auth-plan")
            .config("apiKey")
            .route("GET /old")
            .build();
    return builder
        .config("apiKey", "key-of-demo")
        .service(auth, demoAuth.uri())
        .service(shop, demoShop.uri())
        .grants("apiKey")
        .publicRoutes("GET /old");
  }

  private static TestGateway.Builder staging(TestGateway.Builder builder) throws IOException {
    Manifest auth =
        TestManifest.of("auth")
            .route("POST /login")
            .writes("auth-userId")
            .writes("auth-role")
            .config("apiKey")
            .build();
    Manifest shop =
        TestManifest.of("shop")
            .route("GET /see")
            .mayRead("auth-userId")
            .mayRead("auth-role")
            .route("GET /new")
            .reads("auth-role")
            .route("GET /open")
            .build();
    return builder
        .config("apiKey", "key-of-staging")
        .service(auth, stagingAuth.uri())
        .grants("apiKey")
        .service(shop, stagingShop.uri())
        .publicRoutes("GET /open")
        .service(TestManifest.of("only").route("GET /x").build(), stagingShop.uri())
        .publicRoutes("all");
  }

  @BeforeEach
  void forget() throws Exception {
    gateway.reload(both());
    List.of(demoAuth, demoShop, stagingAuth, stagingShop).forEach(RawUpstream::reset);
    String login = "HTTP/1.1 200 OK\r\n%sContent-Length: 0\r\n\r\n";
    String fields = "auth-userId: %1$s-7\r\nauth-plan: %1$s-plan\r\nauth-role: %1$s-role\r\n";
    demoAuth.answers(login.formatted(fields.formatted("demo")));
    stagingAuth.answers(login.formatted(fields.formatted("staging")));
  }

  /** Whatever a test does: no word of one environment is in a request that the other received. */
  @AfterEach
  void nothingOfOneWasSeenInTheOther() {
    assertNowhere("staging", demoAuth, demoShop);
    assertNowhere("demo", stagingAuth, stagingShop);
  }

  private static void assertNowhere(String word, RawUpstream... upstreams) {
    for (RawUpstream upstream : upstreams) {
      for (RawRequest request : upstream.received()) {
        assertFalse((request.line() + request.lines()).contains(word), request.toString());
      }
    }
  }

  private static RawAnswer call(String methodAndTarget, String token, String... headers)
      throws IOException {
    return gateway.exchange(
        methodAndTarget
            + " HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer "
            + token
            + "\r\n"
            + String.join("", headers)
            + "\r\n");
  }

  private static RawAnswer publicCall(String target, String... headers) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      return client.exchange(
          "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + String.join("", headers) + "\r\n");
    }
  }

  private static String stagingToken() throws IOException {
    return gateway.token("staging-web", "s");
  }

  /** What a microservice received last; it stays among what was received. */
  private static RawRequest last(RawUpstream upstream) {
    return upstream.received().getLast();
  }

  @Test
  void aMicroserviceOfAnotherEnvironmentIsUnknown() throws IOException {
    RawAnswer answer = call("GET /only/x", gateway.token());
    assertEquals(404, answer.status());
    assertEquals("service-unknown", answer.code());
    assertEquals(200, call("GET /only/x", stagingToken()).status());
  }

  @Test
  void aRouteOfAnotherVersionIsUnknown() throws IOException {
    String demo = gateway.token();
    String staging = stagingToken();
    assertEquals(200, call("GET /shop/old", demo).status());
    assertEquals("route-unknown", call("GET /shop/old", staging).code());
    assertEquals("route-unknown", call("GET /shop/new", demo).code());
    assertEquals("session-field-required", call("GET /shop/new", staging).code());
  }

  /** C20: also on the public listener the client id says which environment. */
  @Test
  void aPublicRouteOfAnotherEnvironmentIsUnknown() throws IOException {
    assertEquals(200, publicCall("/staging-web/only/x").status());
    assertEquals("service-unknown", publicCall("/demo-web/only/x").code());
    assertEquals(200, publicCall("/demo-web/shop/old").status());
    assertEquals("route-unknown", publicCall("/staging-web/shop/old").code());
    assertEquals(200, publicCall("/staging-web/shop/open").status());
    assertEquals("route-unknown", publicCall("/demo-web/shop/open").code());
    assertEquals("service-not-public", publicCall("/staging-web/shop/new").code());
  }

  @Test
  void eachTokenReachesTheUpstreamsOfItsOwnEnvironment() throws IOException {
    call("GET /shop/see", gateway.token());
    assertEquals(Optional.of("demo"), last(demoShop).header("kinto-environment"));
    call("GET /shop/see", stagingToken());
    RawRequest request = last(stagingShop);
    assertEquals(Optional.of("staging"), request.header("kinto-environment"));
    assertEquals(Optional.of("staging-web"), request.header("kinto-client-id"));
    assertEquals(1, demoShop.received().size());
  }

  @Test
  void fieldsAreReadInTheirOwnEnvironmentOnly() throws IOException {
    String demo = gateway.token();
    String staging = stagingToken();
    call("POST /auth/login", demo);
    call("GET /shop/see", staging);
    assertEquals(List.of(), last(stagingShop).all("auth-userId"));
    call("POST /auth/login", staging);
    call("GET /shop/see", staging);
    assertEquals(Optional.of("staging-7"), last(stagingShop).header("auth-userId"));
    call("GET /shop/see", demo);
    assertEquals(Optional.of("demo-7"), last(demoShop).header("auth-userId"));
  }

  /** C32: what only the other version declares to write is dropped here. */
  @Test
  void eachVersionWritesItsOwnFieldsOnly() throws IOException {
    String demo = gateway.token();
    String staging = stagingToken();
    RawAnswer login = call("POST /auth/login", demo);
    assertEquals(List.of(), login.all("auth-role"), "stripped all the same");
    call("GET /shop/see", demo);
    assertEquals(Optional.of("demo-plan"), last(demoShop).header("auth-plan"));
    assertEquals(List.of(), last(demoShop).all("auth-role"));
    call("POST /auth/login", staging);
    call("GET /shop/see", staging);
    assertEquals(Optional.of("staging-role"), last(stagingShop).header("auth-role"));
    assertEquals(List.of(), last(stagingShop).all("auth-plan"));
    assertEquals(200, call("GET /shop/new", staging).status());
  }

  /** C30: a name is in a session space only where its microservice is. */
  @Test
  void anOrdinaryHeaderHereMayBeASessionFieldThere() throws IOException {
    call("GET /shop/see", gateway.token(), "only-x: 1\r\n");
    assertEquals(Optional.of("1"), last(demoShop).header("only-x"));
    call("GET /shop/see", stagingToken(), "only-x: 1\r\n");
    assertEquals(List.of(), last(stagingShop).all("only-x"));
  }

  /** C9: granted to shop in demo and to auth in staging. */
  @Test
  void configurationValuesAndGrantsAreThoseOfTheirEnvironment() throws IOException {
    String demo = gateway.token();
    String staging = stagingToken();
    call("GET /shop/see", demo);
    call("POST /auth/login", demo);
    call("GET /shop/see", staging, "apiKey: of the client\r\n");
    call("POST /auth/login", staging);
    assertEquals(Optional.of("key-of-demo"), last(demoShop).header("apiKey"));
    assertEquals(List.of(), last(demoAuth).all("apiKey"));
    assertEquals(List.of(), last(stagingShop).all("apiKey"));
    assertEquals(Optional.of("key-of-staging"), last(stagingAuth).header("apiKey"));
  }

  /** C43: preflights are answered for both, but a call is checked against its client. */
  @Test
  void aPageOfOneEnvironmentCannotCallInTheOther() throws IOException {
    String demo = gateway.token();
    String staging = stagingToken();
    String fromDemo = "Origin: " + DEMO_PAGE + "\r\n";
    String fromStaging = "Origin: " + STAGING_PAGE + "\r\n";
    assertEquals(200, call("GET /shop/see", demo, fromDemo).status());
    assertEquals(200, call("GET /shop/see", staging, fromStaging).status());
    for (RawAnswer refused :
        List.of(
            call("GET /shop/see", demo, fromStaging),
            call("GET /shop/see", staging, fromDemo),
            call("GET /auth", staging, fromDemo),
            publicCall("/demo-web/shop/old", fromStaging),
            publicCall("/staging-web/only/x", fromDemo))) {
      assertEquals("origin-not-allowed", refused.code(), refused.toString());
      assertEquals(List.of(), refused.all("access-control-allow-origin"));
    }
    assertEquals(1, demoShop.received().size());
    assertEquals(1, stagingShop.received().size());
  }

  /** C25: nothing of its sessions goes with it, and nothing comes back when it does. */
  @Test
  void aClientThatIsMovedLosesItsSessionsAndGetsTheNewEnvironment() throws Exception {
    gateway.reload(both().environment("demo").client("mobile", "m"));
    String before = gateway.token("mobile", "m");
    call("POST /auth/login", before);
    assertEquals(200, call("GET /shop/old", before).status());

    gateway.reload(both().environment("staging").client("mobile", "m"));
    for (String line : List.of("GET /shop/see", "GET /auth", "PUT /auth", "DELETE /auth")) {
      assertEquals("session-ended", call(line, before).code(), line);
    }
    assertEquals("route-unknown", publicCall("/mobile/shop/old").code());
    String after = gateway.token("mobile", "m");
    assertEquals("staging", call("GET /auth", after).json().path("environment").stringValue());
    assertEquals(200, call("GET /shop/see", after).status());
    assertEquals(List.of(), last(stagingShop).all("auth-userId"));
    assertEquals(Optional.of("mobile"), last(stagingShop).header("kinto-client-id"));
    assertEquals("route-unknown", call("GET /shop/old", after).code());

    gateway.reload(both().environment("demo").client("mobile", "m"));
    assertEquals("session-ended", call("GET /shop/old", before).code());
    assertEquals("session-ended", call("GET /shop/see", after).code());
  }
}
