package dev.kinto.client;

import static dev.kinto.client.FakeGateway.ok;
import static dev.kinto.client.FakeGateway.problem;
import static dev.kinto.client.FakeGateway.redirect;
import static dev.kinto.client.KintoClientTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A session that changes its token: rotation, {@code Kinto-Token}, and the store (C28, C39). */
final class TokenRotationTest {
  @AutoClose private final FakeGateway gateway = new FakeGateway();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
  private final AtomicInteger lost = new AtomicInteger();
  private final MemoryStore store = new MemoryStore();
  private final KintoClient kinto = client();

  private KintoClient client() {
    return gateway
        .client()
        .nanoClock(nanos::get)
        .onSessionLost(lost::incrementAndGet)
        .tokenStore(store)
        .build();
  }

  @Test
  void tokenFromAnAnswerReplacesTheOldOne() throws IOException {
    gateway.microservice = request -> rotating(ok("in"));
    get(kinto, "auth/login");
    gateway.microservice = request -> ok("hello");
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(1, gateway.count("GET /a/x token-2"));
    assertEquals("token-2", store.token);
  }

  @Test
  void tokenFromARedirectServesTheNextHop() throws IOException {
    gateway.microservice =
        request ->
            request.target().equals("/auth/login")
                ? rotating(redirect(gateway.url("/a/x")))
                : ok("hello");
    assertEquals("hello", get(kinto, "auth/login"));
    assertEquals("GET /a/x token-2", gateway.calls().get(2));
  }

  @Test
  void callRefusedForAReplacedTokenIsRepeatedInTheSameSession() throws IOException {
    gateway.microservice =
        request -> {
          if (gateway.calls().size() == 2) {
            // Meanwhile a login on another thread, after which the old token is dead.
            login();
            return problem(401, "session-ended");
          }
          return request.target().equals("/auth/login") ? rotating(ok("in")) : ok("hello");
        };
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(1, gateway.count("GET /a/x token-2"));
    assertEquals(0, lost.get());
  }

  @Test
  void tokenIsRotatedAtHalfOfItsIdleTime() throws IOException {
    get(kinto, "a/x");
    pass(Duration.ofMinutes(14));
    get(kinto, "a/x");
    assertEquals(0, gateway.count("PUT /auth token-1"));
    pass(Duration.ofMinutes(2));
    get(kinto, "a/x");
    get(kinto, "a/x");
    assertEquals(1, gateway.count("PUT /auth token-1"));
    assertEquals(2, gateway.count("GET /a/x token-2"));
    assertEquals("token-2", store.token);
  }

  @Test
  void failedRotationBreaksNoCall() throws IOException {
    get(kinto, "a/x");
    pass(Duration.ofMinutes(16));
    gateway.auth = request -> problem(503, "grid-unavailable");
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals("hello", get(kinto, "a/x"));
    // Not asked again at once.
    assertEquals(1, gateway.count("PUT /auth token-1"));
    pass(Duration.ofMinutes(1));
    gateway.auth = request -> null;
    get(kinto, "a/x");
    assertEquals(1, gateway.count("GET /a/x token-2"));
  }

  @Test
  void rotationWhoseAnswerIsLostIsTriedAgainWithTheNextCall() throws IOException {
    get(kinto, "a/x");
    pass(Duration.ofMinutes(16));
    gateway.auth = request -> FakeAnswer.HANG_UP;
    assertEquals("hello", get(kinto, "a/x"));
    gateway.auth = request -> null;
    get(kinto, "a/x");
    assertEquals(1, gateway.count("GET /a/x token-2"));
  }

  @Test
  void storedTokenOutlivesTheClientAndIsRotatedFirst() throws IOException {
    get(kinto, "auth/login");
    assertEquals("token-1", store.token);
    get(client(), "a/x");
    assertEquals(List.of("PUT /auth token-1", "GET /a/x token-2"), gateway.calls().subList(2, 4));
    assertEquals("token-2", store.token);
  }

  @Test
  void storedTokenOfALostSessionIsReplacedAndTheApplicationTold() throws IOException {
    store.token = "token-of-yesterday";
    assertEquals("status 401", get(kinto, "a/x"));
    assertEquals(1, lost.get());
    assertEquals("token-1", store.token);
    assertEquals("hello", get(kinto, "a/x"));
  }

  @Test
  void endOfTheSessionClearsTheStore() throws IOException {
    get(kinto, "a/x");
    kinto.endSession();
    assertEquals("", store.token);
  }

  private void login() {
    try {
      get(kinto, "auth/login");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private FakeAnswer rotating(FakeAnswer answer) {
    return answer.with("Kinto-Token", gateway.issue());
  }

  private static final class MemoryStore implements TokenStore {
    volatile String token = "";

    @Override
    public Optional<String> load() {
      return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    @Override
    public void save(String token) {
      this.token = token;
    }

    @Override
    public void clear() {
      token = "";
    }
  }
}
