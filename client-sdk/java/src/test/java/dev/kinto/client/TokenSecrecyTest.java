package dev.kinto.client;

import static dev.kinto.client.FakeGateway.ok;
import static dev.kinto.client.FakeGateway.problem;
import static dev.kinto.client.FakeGateway.redirect;
import static dev.kinto.client.KintoClientTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where tokens and secrets do not go: other hosts, the application's interceptors, texts. */
final class TokenSecrecyTest {
  @AutoClose private final FakeGateway gateway = new FakeGateway();
  @AutoClose private final FakeGateway elsewhere = new FakeGateway();
  private final KintoClient kinto = gateway.client().build();

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
        request -> request.target().equals("/a/x") ? redirect(gateway.url("/a/y")) : ok("moved");
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
        request -> FakeAnswer.of(307, "").with("Location", elsewhere.url("/auth").toString());
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
    gateway.microservice = request -> ok("x").with("Kinto-Token", gateway.issue());
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
  void authenticatorsSeeNeitherTokenNorSecret() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Authenticator curious =
        (route, response) -> {
          Request request = response.request();
          seen.add(request.method() + " " + request + request.headers() + request.body());
          return null;
        };
    OkHttpClient application =
        new OkHttpClient.Builder().authenticator(curious).proxyAuthenticator(curious).build();
    KintoClient client = gateway.client().http(application).build();
    gateway.auth = request -> problem(401, "client-invalid");
    assertThrows(ClientInvalidException.class, () -> get(client, "a/x"));
    assertEquals(List.of(), seen);

    gateway.auth =
        request -> FakeAnswer.of(407, "").with("Proxy-Authenticate", "Basic realm=\"p\"");
    assertThrows(IOException.class, () -> get(client, "a/x"));
    String all = String.join("\n", seen);
    assertFalse(all.contains("AuthBody"), all);
    assertFalse(all.contains("token-"), all);
  }

  /** Not of the token's refusal, and not of what another host says in the gateway's words. */
  @Test
  void authenticatorIsAskedForWhatMicroservicesRefuse() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    Authenticator application =
        (route, response) -> {
          asked.add(response.request().url().encodedPath());
          return null;
        };
    AtomicInteger lost = new AtomicInteger();
    OkHttpClient http = new OkHttpClient.Builder().authenticator(application).build();
    KintoClient client = gateway.client().http(http).onSessionLost(lost::incrementAndGet).build();
    gateway.microservice = request -> FakeAnswer.of(401, "no");
    assertEquals("status 401", get(client, "a/refused"));
    gateway.endSession("token-1");
    assertEquals("status 401", get(client, "a/ended"));
    assertEquals(1, lost.get());

    elsewhere.auth = request -> problem(401, "session-ended");
    gateway.microservice = request -> redirect(elsewhere.url("/auth"));
    assertEquals("status 401", get(client, "a/redirected"));
    assertEquals(1, lost.get());
    assertEquals(List.of("/a/refused", "/auth"), asked);
  }

  @Test
  void eventListenerHearsNothingOfTheSecret() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    EventListener curious =
        new EventListener() {
          @Override
          public void callStart(Call call) {
            heard.add(call.request().method() + " " + call.request().url().encodedPath());
          }
        };
    OkHttpClient application = new OkHttpClient.Builder().eventListener(curious).build();
    get(gateway.client().http(application).build(), "a/x");
    assertEquals(List.of("GET /a/x"), heard);
  }

  @Test
  void proxyGetsTheCredentialsThatTheApplicationHasForIt() throws IOException {
    try (FakeGateway proxy = new FakeGateway()) {
      proxy.auth =
          request ->
              "Basic cHJveHk=".equals(request.headers().getFirst("Proxy-Authorization"))
                  ? null
                  : FakeAnswer.of(407, "").with("Proxy-Authenticate", "Basic realm=\"p\"");
      OkHttpClient application =
          new OkHttpClient.Builder()
              .proxy(
                  new Proxy(
                      Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.url("/").port())))
              .proxyAuthenticator(
                  (route, response) ->
                      response
                          .request()
                          .newBuilder()
                          .header("Proxy-Authorization", "Basic cHJveHk=")
                          .build())
              .build();
      KintoClient client =
          KintoClient.builder("http://gateway.test", "demo", "demo-secret")
              .http(application)
              .build();
      assertEquals("token-1", client.token());
    }
  }

  @Test
  void pathNeverLeadsElsewhere() {
    for (String path :
        List.of(
            "//evil.test",
            "///evil.test",
            "////evil.test/a",
            "http://evil.test/a",
            "HTTPS://evil.test",
            "/http://evil.test/a",
            "\\\\evil.test",
            "/\\evil.test",
            "\\/evil.test/a",
            "/\t/evil.test",
            "\n//evil.test",
            " //evil.test",
            "a//b",
            "../a",
            "a/../../b",
            "a/..",
            "./a",
            "a/%2e%2E/b",
            ".%2e/a",
            "a/b#c")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> kinto.url(path), path);
      assertTrue(e.getMessage().contains(path), e.getMessage());
    }
    HttpUrl base = gateway.url("/");
    for (String path :
        List.of("", "/", "a/b", "/a/b/", "@evil.test", ":80/a", "a?u=http://e/../x", "a/b:c;d")) {
      HttpUrl url = kinto.url(path);
      assertEquals(base.host() + base.port(), url.host() + url.port(), path);
      String expected = path.startsWith("/") ? path : "/" + path;
      assertEquals(expected, url.encodedPath() + (url.query() == null ? "" : "?" + url.query()));
    }
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
