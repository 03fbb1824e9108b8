package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two environments of one gateway know nothing of each other (contract, vocabulary; C21). */
class EnvironmentsApartTest {
  @TempDir static Path folder;
  private static RawUpstream demoAuth;
  private static RawUpstream demoShop;
  private static RawUpstream stagingAuth;
  private static RawUpstream stagingShop;
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    demoAuth = RawUpstream.start();
    demoShop = RawUpstream.start();
    stagingAuth = RawUpstream.start();
    stagingShop = RawUpstream.start();
    Manifest auth = TestManifest.of("auth").route("POST /login").writes("auth-userId").build();
    Manifest shop = TestManifest.of("shop").route("GET /see").mayRead("auth-userId").build();
    gateway =
        TestGateway.in(folder)
            .service(auth, demoAuth.uri())
            .service(shop, demoShop.uri())
            .environment("staging")
            .client("staging-web", "s")
            .service(auth, stagingAuth.uri())
            .service(shop, stagingShop.uri())
            .service(TestManifest.of("only").route("GET /x").build(), stagingShop.uri())
            .publicRoutes("all")
            .start();
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    for (RawUpstream upstream : List.of(demoAuth, demoShop, stagingAuth, stagingShop)) {
      upstream.close();
    }
  }

  @BeforeEach
  void forget() {
    List.of(demoAuth, demoShop, stagingAuth, stagingShop).forEach(RawUpstream::reset);
  }

  private static RawAnswer call(String methodAndTarget, String token) throws IOException {
    try (RawClient client = gateway.connect()) {
      return client.exchange(
          methodAndTarget
              + " HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer "
              + token
              + "\r\n\r\n");
    }
  }

  private static String staging() throws IOException {
    return gateway.token("staging-web", "s");
  }

  @Test
  void aMicroserviceOfAnotherEnvironmentIsUnknown() throws IOException {
    RawAnswer answer = call("GET /only/x", gateway.token());
    assertEquals(404, answer.status());
    assertEquals("service-unknown", answer.code());
    assertEquals(200, call("GET /only/x", staging()).status());
  }

  /** C20: also on the public listener the client id says which environment. */
  @Test
  void aPublicRouteOfAnotherEnvironmentIsUnknown() throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      String request = " HTTP/1.1\r\nHost: h\r\n\r\n";
      assertEquals(200, client.exchange("GET /staging-web/only/x" + request).status());
      assertEquals("service-unknown", client.exchange("GET /demo-web/only/x" + request).code());
    }
  }

  @Test
  void eachTokenReachesTheUpstreamsOfItsOwnEnvironment() throws IOException {
    call("GET /shop/see", gateway.token());
    assertEquals(Optional.of("demo"), demoShop.take().header("kinto-environment"));
    call("GET /shop/see", staging());
    RawRequest request = stagingShop.take();
    assertEquals(Optional.of("staging"), request.header("kinto-environment"));
    assertEquals(Optional.of("staging-web"), request.header("kinto-client-id"));
    assertEquals(List.of(), demoShop.received());
  }

  @Test
  void fieldsAreReadInTheirOwnEnvironmentOnly() throws IOException {
    String login = "HTTP/1.1 200 OK\r\nauth-userId: %s\r\nContent-Length: 0\r\n\r\n";
    demoAuth.answers(login.formatted("demo-7"));
    stagingAuth.answers(login.formatted("staging-8"));
    String demo = gateway.token();
    String staging = staging();
    call("POST /auth/login", demo);
    call("GET /shop/see", staging);
    assertEquals(List.of(), stagingShop.take().all("auth-userId"));
    call("POST /auth/login", staging);
    call("GET /shop/see", staging);
    assertEquals(Optional.of("staging-8"), stagingShop.take().header("auth-userId"));
    call("GET /shop/see", demo);
    assertEquals(Optional.of("demo-7"), demoShop.take().header("auth-userId"));
  }
}
