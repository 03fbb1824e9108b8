package dev.kinto.client;

import static dev.kinto.client.FakeGateway.ok;
import static dev.kinto.client.FakeGateway.problem;
import static dev.kinto.client.KintoClientTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logins that replace the token, while other calls are under way with the one before (C25, C28,
 * C39).
 */
final class LoginUnderWayTest {
  @AutoClose private final FakeGateway gateway = new FakeGateway();
  private final AtomicInteger lost = new AtomicInteger();
  private final KintoClient kinto = gateway.client().onSessionLost(lost::incrementAndGet).build();
  @AutoClose private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** The gateway has made the login, and its answer is not there yet. */
  private final CountDownLatch loggedIn = new CountDownLatch(1);

  private final CountDownLatch answerLeaves = new CountDownLatch(1);

  @AfterEach
  void stop() {
    answerLeaves.countDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-replaced", "session-ended"})
  void callWithTheTokenFromBeforeWaitsForTheLoginsAnswer(String code) throws Exception {
    gateway.refusalCode = code;
    Future<Integer> login = beginLogin("POST", () -> ok("in"));
    Future<String> poll = threads.submit(() -> get(kinto, "a/poll"));
    await("GET /a/poll token-1");
    answerLeaves.countDown();

    assertEquals(200, login.get());
    assertEquals("hello", poll.get());
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(1, gateway.count("GET /a/poll token-2"));
    assertEquals(1, gateway.count("GET /a/x token-2"));
    assertEquals(1, gateway.count("POST /auth"));
    assertEquals(0, lost.get());
  }

  @Test
  void callThatBeginsMeanwhileWaitsBeforeItIsSent() throws Exception {
    gateway.refusalCode = "token-replaced";
    Future<Integer> login = beginLogin("POST", () -> ok("in"));
    Future<String> first = threads.submit(() -> get(kinto, "a/first"));
    await("GET /a/first token-1");
    answerLeaves.countDown();
    assertEquals("hello", first.get());
    assertEquals(200, login.get());
    assertEquals("hello", get(kinto, "a/second"));
    assertEquals(0, gateway.count("GET /a/second token-1"));
  }

  /** An older gateway, and a login that one cannot tell from a poll before it has answered. */
  @Test
  void sessionThatWasGivenUpTooEarlyIsTakenUpAgainByItsLogin() throws Exception {
    Future<Integer> login = beginLogin("GET", () -> ok("in"));
    assertEquals("status 401", get(kinto, "a/poll"));
    assertEquals("token-3", kinto.token());
    answerLeaves.countDown();
    assertEquals(200, login.get());
    assertEquals("token-2", kinto.token());
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(1, gateway.count("GET /a/x token-2"));
  }

  @Test
  void replacedTokenWithoutALoginOfOnesOwnIsNoLostSession() throws IOException {
    get(kinto, "a/x");
    gateway.refusalCode = "token-replaced";
    gateway.endSession("token-1");
    assertEquals("status 401", get(kinto, "a/x"));
    assertEquals("status 401", get(kinto, "a/x"));
    assertEquals(1, gateway.count("POST /auth"));
    assertEquals(1, gateway.count("PUT /auth token-1"));
    assertEquals(0, lost.get());
  }

  @Test
  void sessionWhoseNewTokenIsLostWithTheLoginsAnswerIsLost() throws Exception {
    gateway.refusalCode = "token-replaced";
    Future<Integer> login = beginLogin("POST", () -> FakeAnswer.HANG_UP);
    answerLeaves.countDown();
    // OkHttp sends it once more, since its connection was an old one.
    assertEquals(401, login.get());
    assertEquals(1, lost.get());
    assertEquals("hello", get(kinto, "a/x"));
  }

  @Test
  void callThatMayHaveChangedSomethingIsNotRepeated() throws IOException {
    replaceTheFirstTokenWhileTheMicroserviceIsAtWork();
    RequestBody body = RequestBody.create("", MediaType.get("text/plain"));
    Request change = new Request.Builder().url(kinto.url("a/x")).post(body).build();
    try (Response response = kinto.execute(change)) {
      assertEquals(401, response.code());
    }
    assertEquals(0, gateway.count("POST /a/x token-2"));
    assertEquals(0, lost.get());
  }

  @Test
  void callThatReadsIsRepeatedThoughItReachedItsMicroservice() throws IOException {
    replaceTheFirstTokenWhileTheMicroserviceIsAtWork();
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(1, gateway.count("GET /a/x token-2"));
    assertEquals(0, lost.get());
  }

  private void replaceTheFirstTokenWhileTheMicroserviceIsAtWork() {
    gateway.microservice =
        request ->
            request.token().equals("token-1")
                ? problem(401, "token-replaced", ",\"upstreamCalled\":true")
                : ok("hello");
  }

  @Test
  void endOfTheSessionEndsWhatALoginUnderWayBegan() throws Exception {
    gateway.refusalCode = "token-replaced";
    Future<Integer> login = beginLogin("POST", () -> ok("in"));
    Future<?> end =
        threads.submit(
            () -> {
              kinto.endSession();
              return null;
            });
    await("DELETE /auth token-1");
    answerLeaves.countDown();
    end.get();
    login.get();
    assertEquals(1, gateway.count("DELETE /auth token-2"));
    assertEquals("token-3", kinto.token());
  }

  /** Begins a login; returns when the gateway has replaced token-1 and not yet said so. */
  private Future<Integer> beginLogin(String method, Supplier<FakeAnswer> answer) throws Exception {
    get(kinto, "a/before");
    gateway.microservice =
        request -> {
          if (!request.target().equals("/auth/login")) {
            return ok("hello");
          }
          gateway.endSession("token-1");
          String token = gateway.issue();
          loggedIn.countDown();
          FakeGateway.awaitQuietly(answerLeaves);
          return answer.get().with("Kinto-Token", token);
        };
    RequestBody body =
        method.equals("GET") ? null : RequestBody.create("", MediaType.get("text/plain"));
    Request request =
        new Request.Builder().url(kinto.url("auth/login")).method(method, body).build();
    Future<Integer> login =
        threads.submit(
            () -> {
              try (Response response = kinto.execute(request)) {
                return response.code();
              }
            });
    loggedIn.await();
    return login;
  }

  private void await(String call) throws InterruptedException {
    while (gateway.count(call) == 0) {
      Thread.sleep(1);
    }
  }
}
