package dev.kinto.client;

import static dev.kinto.client.FakeGateway.ok;
import static dev.kinto.client.FakeGateway.redirect;
import static dev.kinto.client.KintoClientTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where tokens and secrets do not go: other hosts, the application's interceptors, texts. */
final class TokenSecrecyTest {
  private final FakeGateway gateway = new FakeGateway();
  private final FakeGateway elsewhere = new FakeGateway();
  private final KintoClient kinto = gateway.client().build();

  @AfterEach
  void stop() {
    gateway.close();
    elsewhere.close();
  }

  @Test
  void tokenIsNotSentToAnotherOrigin() throws IOException {
    get(kinto, "a/x");
    assertEquals(401, status(new Request.Builder().url(elsewhere.url("/a/x")).build()));
    assertEquals(List.of("GET /a/x"), elsewhere.calls());
  }

  @Test
  void tokenDoesNotFollowARedirectToAnotherOrigin() throws IOException {
    gateway.microservice = request -> redirect(elsewhere.url("/a/y"));
    assertEquals("status 401", get(kinto, "a/x"));
    assertEquals(List.of("GET /a/y"), elsewhere.calls());
  }

  @Test
  void tokenFollowsARedirectWithinTheGateway() throws IOException {
    gateway.microservice =
        request -> request.getTarget().equals("/a/x") ? redirect(gateway.url("/a/y")) : ok("moved");
    assertEquals("moved", get(kinto, "a/x"));
    assertEquals("GET /a/y token-1", gateway.calls().get(2));
  }

  @Test
  void requestOfAnEarlierCallDoesNotCarryItsTokenElsewhere() throws IOException {
    Request used;
    try (Response response = kinto.execute(request("a/x"))) {
      used = response.request();
    }
    // Elsewhere sends it back to the gateway: this call did not begin there.
    elsewhere.auth = request -> redirect(gateway.url("/a/x"));
    assertEquals(401, status(used.newBuilder().url(elsewhere.url("/auth")).build()));
    assertEquals("GET /a/x", gateway.calls().get(2));
  }

  @Test
  void secretDoesNotFollowARedirect() {
    gateway.auth =
        request ->
            new MockResponse.Builder()
                .code(307)
                .addHeader("Location", elsewhere.url("/auth"))
                .build();
    ProblemException e = assertThrows(ProblemException.class, () -> get(kinto, "a/x"));
    assertEquals(307, e.problem().status());
    assertEquals(List.of(), elsewhere.calls());
  }

  @Test
  void applicationSeesNeitherTokenNorSecret() throws IOException {
    List<String> seen = new CopyOnWriteArrayList<>();
    Interceptor curious =
        chain -> {
          seen.add(chain.request() + " " + chain.request().headers());
          Response response = chain.proceed(chain.request());
          seen.add(response + " " + response.headers());
          return response;
        };
    KintoClient client =
        gateway
            .client()
            .http(
                new OkHttpClient.Builder()
                    .addInterceptor(curious)
                    .addNetworkInterceptor(curious)
                    .build())
            .build();
    gateway.microservice =
        request -> ok("x").newBuilder().addHeader("Kinto-Token", gateway.issue()).build();
    try (Response response = client.execute(request("a/x"))) {
      assertNull(response.header("Kinto-Token"));
      seen.add(response.request() + " " + response.networkResponse().request());
    }
    assertEquals(5, seen.size());
    seen.add(client.toString());
    String all = String.join("\n", seen);
    assertTrue(all.contains("/a/x"), all);
    assertFalse(all.contains("token-"), all);
    assertFalse(all.contains(FakeGateway.SECRET), all);
  }

  @Test
  void unusableTokenFailsTheCallWithoutBeingShown() {
    gateway.auth = request -> ok("{\"token\":\"se\\ncret\",\"expiresIn\":1800}");
    IOException e = assertThrows(IOException.class, () -> get(kinto, "a/x"));
    assertFalse(e.toString().contains("cret"), e.toString());
    gateway.auth = request -> ok("<html>token-0</html>");
    e = assertThrows(IOException.class, () -> get(kinto, "a/x"));
    assertTrue(e.getMessage().contains("has no token"), e.toString());
    assertNull(e.getCause());
  }

  private int status(Request request) throws IOException {
    try (Response response = kinto.execute(request)) {
      return response.code();
    }
  }

  private Request request(String path) {
    return new Request.Builder().url(kinto.url(path)).build();
  }
}
