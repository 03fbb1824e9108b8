package dev.kinto.client;

import static dev.kinto.client.FakeGateway.problem;
import static dev.kinto.client.KintoClientTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What happens when the gateway no longer knows the token (contract C39). */
final class SessionLostTest {
  private static final int CALLERS = 100;

  @AutoClose private final FakeGateway gateway = new FakeGateway();
  private final AtomicInteger lost = new AtomicInteger();
  private final KintoClient.Builder builder = gateway.client().onSessionLost(lost::incrementAndGet);

  @Test
  void callerGetsThe401AndTheNextCallHasANewToken() throws IOException {
    KintoClient kinto = builder.build();
    get(kinto, "a/x");
    gateway.endSession("token-1");
    assertEquals("status 401", get(kinto, "a/x"));
    assertEquals(1, lost.get());
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(1, gateway.count("GET /a/x token-2"));
    assertEquals(2, gateway.count("POST /auth"));
  }

  @Test
  void callIsRepeatedOnceIfTheApplicationOptedIn() throws IOException {
    KintoClient kinto = builder.repeatCallsAfterSessionLost(true).build();
    get(kinto, "a/x");
    gateway.endSession("token-1");
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(1, lost.get());

    gateway.microservice = request -> problem(401, "session-ended");
    assertEquals("status 401", get(kinto, "a/x"));
    assertEquals(
        List.of("GET /a/x token-2", "POST /auth", "GET /a/x token-3"),
        gateway.calls().subList(gateway.calls().size() - 3, gateway.calls().size()));
  }

  @Test
  void callThatNeedsNoSessionFieldIsRepeated() throws IOException {
    KintoClient kinto = builder.build();
    get(kinto, "a/x");
    gateway.endSession("token-1");
    Request request =
        new Request.Builder()
            .url(kinto.url("a/x"))
            .tag(SessionUse.class, SessionUse.NONE)
            .post(RequestBody.create("body", MediaType.get("text/plain")))
            .build();
    try (Response response = kinto.execute(request)) {
      assertEquals(200, response.code());
    }
    assertEquals(1, gateway.count("POST /a/x token-2"));
  }

  @Test
  void bodyThatCanBeSentOnceIsNotRepeated() throws IOException {
    KintoClient kinto = builder.repeatCallsAfterSessionLost(true).build();
    get(kinto, "a/x");
    gateway.endSession("token-1");
    Request request = new Request.Builder().url(kinto.url("a/x")).post(new OneShot()).build();
    try (Response response = kinto.execute(request)) {
      assertEquals(401, response.code());
    }
    assertEquals(0, gateway.count("POST /a/x token-2"));
    assertEquals(1, lost.get());
  }

  @Test
  void callThatReachedItsMicroserviceIsNotRepeated() throws IOException {
    KintoClient kinto = builder.repeatCallsAfterSessionLost(true).build();
    gateway.microservice = request -> problem(401, "session-ended", ",\"upstreamCalled\":true");
    assertEquals("status 401", get(kinto, "a/x"));
    assertEquals(1, gateway.calls().stream().filter(call -> call.startsWith("GET")).count());
    assertEquals(1, lost.get());
  }

  @Test
  void microservicesOwn401IsItsOwnAffair() throws IOException {
    KintoClient kinto = builder.repeatCallsAfterSessionLost(true).build();
    gateway.microservice = request -> FakeAnswer.of(401, "{\"code\":\"session-ended\"}");
    assertEquals("status 401", get(kinto, "a/x"));
    gateway.microservice = request -> problem(401, "wrong-password");
    assertEquals("status 401", get(kinto, "a/x"));
    assertEquals(1, gateway.count("POST /auth"));
    assertEquals(0, lost.get());
  }

  @Test
  void listenerMayLogInAgainBeforeTheCallIsRepeated() throws IOException {
    KintoClient[] self = new KintoClient[1];
    self[0] =
        gateway
            .client()
            .repeatCallsAfterSessionLost(true)
            .onSessionLost(() -> assertEquals("hello", login(self[0])))
            .build();
    get(self[0], "a/x");
    gateway.endSession("token-1");
    get(self[0], "a/x");
    assertEquals(
        List.of("POST /auth", "GET /auth/login token-2", "GET /a/x token-2"),
        gateway.calls().subList(3, 6));
  }

  @Test
  void hundredFirstCallsObtainOneToken() throws Exception {
    KintoClient kinto = builder.build();
    assertEquals(CALLERS, inParallel(() -> get(kinto, "a/x")).filter("hello"::equals).count());
    assertEquals(1, gateway.count("POST /auth"));
    assertEquals(CALLERS, gateway.count("GET /a/x token-1"));
  }

  @Test
  void hundredRefusedCallsObtainOneToken() throws Exception {
    KintoClient kinto = builder.repeatCallsAfterSessionLost(true).build();
    get(kinto, "a/x");
    gateway.endSession("token-1");
    assertEquals(CALLERS, inParallel(() -> get(kinto, "a/x")).filter("hello"::equals).count());
    assertEquals(2, gateway.count("POST /auth"));
    assertEquals(1, lost.get());
  }

  @Test
  void whoWaitedForAFailedAttemptSharesItsFailure() throws Exception {
    KintoClient kinto = builder.build();
    List<Thread> callers = new ArrayList<>();
    List<String> codes = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 10; i++) {
      callers.add(new Thread(() -> codes.add(refusal(kinto))));
    }
    Set<Thread> seenWaiting = new HashSet<>();
    gateway.auth =
        request -> {
          // The answer waits for them, so that they wait for the answer. They look up now and then.
          while (seenWaiting.size() < 9 && callers.stream().anyMatch(Thread::isAlive)) {
            callers.stream().filter(SessionLostTest::waitsForToken).forEach(seenWaiting::add);
            // Taking stacks without a pause keeps threads from starting.
            LockSupport.parkNanos(1_000_000);
          }
          return problem(503, "grid-unavailable");
        };
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(Collections.nCopies(10, "grid-unavailable"), codes);
    assertEquals(List.of("POST /auth"), gateway.calls());

    gateway.auth = request -> null;
    assertEquals("hello", get(kinto, "a/x"));
  }

  private static boolean waitsForToken(Thread caller) {
    List<String> methods =
        Arrays.stream(caller.getStackTrace()).map(StackTraceElement::getMethodName).toList();
    return methods.contains("awaitNanos");
  }

  private static String refusal(KintoClient kinto) {
    return assertThrows(ProblemException.class, () -> get(kinto, "a/x")).problem().code();
  }

  private static Stream<String> inParallel(Callable<String> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = threads.invokeAll(Collections.nCopies(CALLERS, call));
      return answers.stream().map(Future::resultNow);
    }
  }

  private static String login(KintoClient kinto) {
    try {
      return get(kinto, "auth/login");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class OneShot extends RequestBody {
    @Override
    public MediaType contentType() {
      return MediaType.get("text/plain");
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.writeUtf8("once");
    }
  }
}
