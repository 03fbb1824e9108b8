package dev.kinto.client;

import static dev.kinto.client.FakeGateway.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The client's everyday: obtaining, sending and ending (contract C39). */
final class KintoClientTest {
  private static final String MISSING =
      ",\"fields\":[{\"field\":\"auth-userId\",\"providers\":[\"POST /auth/login\"]}]";

  @AutoClose private final FakeGateway gateway = new FakeGateway();
  private final KintoClient kinto = gateway.client().build();

  @Test
  void tokenIsObtainedOnFirstUseAndSentWithEveryCall() throws IOException {
    assertEquals(List.of(), gateway.calls());
    assertEquals("hello", get(kinto, "articles/articles"));
    assertEquals("hello", get(kinto, "/articles/articles/1"));
    assertEquals(
        List.of("POST /auth", "GET /articles/articles token-1", "GET /articles/articles/1 token-1"),
        gateway.calls());
  }

  @Test
  void baseUrlMayHaveAPathOfItsOwn() throws IOException {
    try (FakeGateway behindProxy = new FakeGateway()) {
      KintoClient client =
          KintoClient.builder(behindProxy.url("/api").toString(), "demo", "demo-secret").build();
      assertEquals("/api/articles/articles", client.url("/articles/articles").encodedPath());
      assertThrows(IOException.class, () -> get(client, "articles/articles"));
      assertEquals(List.of("POST /api/auth"), behindProxy.calls());
    }
  }

  @Test
  void wrongSecretIsATypedError() {
    KintoClient stranger =
        KintoClient.builder(gateway.url("/").toString(), "demo", "wrong").build();
    ClientInvalidException e =
        assertThrows(ClientInvalidException.class, () -> get(stranger, "articles/articles"));
    assertEquals(401, e.problem().status());
    assertTrue(e.getMessage().contains("\"demo\""), e.getMessage());
    assertFalse(e.toString().contains("wrong"), e.toString());
  }

  @Test
  void missingSessionFieldIsATypedErrorThatNamesItAndItsProviders() {
    gateway.microservice = request -> problem(403, "session-field-required", MISSING);
    SessionFieldRequiredException e =
        assertThrows(SessionFieldRequiredException.class, () -> get(kinto, "articles/articles"));
    assertEquals("auth-userId", e.fields().get(0).name());
    assertEquals(List.of("POST /auth/login"), e.fields().get(0).providers());
    assertEquals("The session lacks auth-userId (from POST /auth/login)", e.getMessage());
    assertEquals("r-1", e.problem().requestId());
  }

  /** Retrofit gives a body's text, and no readable answer. */
  @Test
  void missingSessionFieldIsFoundInTheTextOfABody() {
    String body = problem(403, "session-field-required", MISSING).body();
    SessionFieldRequiredException e = SessionFieldRequiredException.from(403, body).orElseThrow();
    assertEquals("The session lacks auth-userId (from POST /auth/login)", e.getMessage());
    assertEquals(Optional.empty(), SessionFieldRequiredException.from(404, body));
    assertEquals(Optional.empty(), SessionFieldRequiredException.from(200, body));
    for (String other : new String[] {null, "", "no", "[]", "{}", "<html>", "{\"code\":7}"}) {
      assertEquals(Optional.empty(), SessionFieldRequiredException.from(403, other), other);
    }
    assertEquals("draining", ProblemDetails.from(503, "{\"code\":\"draining\"}").get().code());
  }

  @Test
  void tokenIsObtainedForWhatTheClientDoesNotCover() throws IOException {
    assertEquals("token-1", kinto.token());
    get(kinto, "a/x");
    assertEquals(List.of("POST /auth", "GET /a/x token-1"), gateway.calls());
  }

  @Test
  void otherRefusalsStayOrdinaryAnswers() throws IOException {
    gateway.microservice = request -> problem(403, "origin-not-allowed");
    Request request = new Request.Builder().url(kinto.url("articles/articles")).build();
    try (Response response = kinto.execute(request)) {
      assertEquals(403, response.code());
      ProblemDetails problem = ProblemDetails.from(response).orElseThrow();
      assertEquals("origin-not-allowed", problem.code());
      assertEquals(List.of(), problem.fields());
      assertFalse(response.body().string().isEmpty());
    }
  }

  @Test
  void endedSessionIsFollowedByANewOne() throws IOException {
    List<String> lost = new ArrayList<>();
    KintoClient client = gateway.client().onSessionLost(() -> lost.add("lost")).build();
    client.endSession();
    get(client, "articles/articles");
    client.endSession();
    get(client, "articles/articles");
    assertEquals(
        List.of(
            "POST /auth",
            "GET /articles/articles token-1",
            "DELETE /auth token-1",
            "POST /auth",
            "GET /articles/articles token-2"),
        gateway.calls());
    assertEquals(List.of(), lost);
  }

  @Test
  void sessionIsForgottenEvenIfTheGatewayDoesNotConfirm() throws IOException {
    get(kinto, "articles/articles");
    gateway.auth = request -> request.method().equals("DELETE") ? problem(503, "draining") : null;
    ProblemException e = assertThrows(ProblemException.class, kinto::endSession);
    assertEquals("draining", e.problem().code());
    get(kinto, "articles/articles");
    assertEquals("GET /articles/articles token-2", gateway.calls().get(4));
  }

  @Test
  void buildsUponTheApplicationsClient() throws IOException {
    List<String> seen = new ArrayList<>();
    OkHttpClient application =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  seen.add(chain.request().url().encodedPath());
                  return chain.proceed(chain.request());
                })
            .build();
    get(gateway.client().http(application).build(), "articles/articles");
    assertEquals(List.of("/articles/articles"), seen);
  }

  static String get(KintoClient kinto, String path) throws IOException {
    Request request = new Request.Builder().url(kinto.url(path)).build();
    try (Response response = kinto.execute(request)) {
      return response.code() == 200 ? response.body().string() : "status " + response.code();
    }
  }
}
