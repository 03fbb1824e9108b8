package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wherever a token can be superseded, its client learns that the session lives and has a newer one
 * (contract C25, C28): then it does not begin a session in which nobody is logged in.
 */
@ParameterizedClass
@EnumSource
@Timeout(120)
class TokenReplacedTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static RawUpstream upstream;
  private static TestGateway gateway;

  @Parameter Protocol protocol;

  @BeforeParameterizedClassInvocation
  static void start(Protocol protocol, @TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(Files.createDirectories(folder.resolve(protocol.name())))
            .over(protocol)
            .service(
                TestManifest.of("auth")
                    .route("POST /login")
                    .writes("auth-userId")
                    .rotatesToken()
                    .route("POST /set")
                    .writes("auth-set")
                    .route("GET /see")
                    .mayRead("auth-userId")
                    .mayRead("auth-set")
                    .build(),
                upstream.uri())
            .start();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  /** Over a connection of its own, for some wait for others. */
  private RawAnswer send(String methodAndTarget, String token) throws IOException {
    String request = request(methodAndTarget, bearer(token));
    if (protocol == Protocol.HTTP_1_1) {
      return gateway.exchange(request);
    }
    Http2TextClient client = Http2TextClient.to(gateway.api());
    try {
      return client.exchange(request);
    } finally {
      client.close();
    }
  }

  private String rotated(String token) throws IOException {
    RawAnswer answer = send("PUT /auth", token);
    assertEquals(200, answer.status(), answer.toString());
    return answer.json().path("token").stringValue();
  }

  private RawAnswer logIn(String token) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 0\r\n\r\n");
    return send("POST /auth/login", token);
  }

  private static String newer(RawAnswer login) {
    return login.header("kinto-token").orElseThrow(() -> new AssertionError(login.toString()));
  }

  private void assertReplaced(String methodAndTarget, String token) throws IOException {
    RawAnswer answer = send(methodAndTarget, token);
    assertEquals(401, answer.status(), answer.toString());
    assertEquals("token-replaced", answer.code(), answer.toString());
    assertEquals("urn:kinto:problem:token-replaced", answer.json().path("type").stringValue());
    assertEquals(Optional.of("Bearer"), answer.header("www-authenticate"));
    assertFalse(answer.json().has("upstreamCalled"), answer.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /auth/see",
        "GET /none/x",
        "GET /auth",
        "HEAD /auth",
        "PUT /auth",
        "DELETE /auth"
      })
  void afterALoginTheTokenFromBeforeIsReplacedEverywhere(String request) throws IOException {
    String before = gateway.token();
    String after = newer(logIn(before));
    upstream.reset();
    if (request.startsWith("HEAD")) {
      assertEquals(401, send(request, before).status());
    } else {
      assertReplaced(request, before);
    }
    assertEquals(0, upstream.received().size());
    assertEquals(200, send("GET /auth/see", after).status());
  }

  @Test
  void afterARotationTheTokenBeforeServesCallsOnlyAndForTheGraceTimeOnly() throws IOException {
    String before = gateway.token();
    String after = rotated(before);
    assertEquals(200, send("GET /auth/see", before).status());
    assertReplaced("GET /auth", before);
    assertReplaced("DELETE /auth", before);
    gateway.clock().advance(GRACE);
    assertReplaced("GET /auth/see", before);
    assertReplaced("DELETE /auth", before);
    assertEquals(200, send("GET /auth", after).status());
    assertReplaced("PUT /auth", before);
  }

  /** A phone that slept over the answer to its PUT has no newer token; this is its way to one. */
  @Test
  void theTokenBeforeIsRotatedAfterTheGraceTimeTooWhileItsSuccessorWasNeverUsed()
      throws IOException {
    String before = gateway.token();
    String lost = rotated(before);
    gateway.clock().advance(GRACE.multipliedBy(4));
    assertReplaced("GET /auth/see", before);
    String arrived = rotated(before);
    assertReplaced("GET /auth/see", lost);
    assertEquals(200, send("GET /auth/see", arrived).status());
    assertReplaced("PUT /auth", before);
    assertReplaced("PUT /auth", lost);
  }

  /** The session does not know the nonces of older ones any more, but its key made them. */
  @Test
  void tokensOlderThanTheOneBeforeAreReplacedToo() throws IOException {
    List<String> tokens = new ArrayList<>(List.of(gateway.token()));
    for (int i = 0; i < 4; i++) {
      tokens.add(rotated(tokens.getLast()));
      assertEquals(200, send("GET /auth", tokens.getLast()).status());
    }
    for (String old : tokens.subList(0, 3)) {
      for (String request : List.of("GET /auth/see", "GET /auth", "PUT /auth", "DELETE /auth")) {
        assertReplaced(request, old);
      }
    }
    assertEquals(204, send("DELETE /auth", tokens.getLast()).status());
    for (String old : tokens) {
      assertEquals("session-ended", send("GET /auth/see", old).code());
    }
    String forged = tokens.getFirst();
    char other = forged.charAt(30) == 'A' ? 'B' : 'A';
    forged = forged.substring(0, 30) + other + forged.substring(31);
    assertEquals("token-invalid", send("GET /auth/see", forged).code());
  }

  /** A slow call, and a slow second login, that began with the token from before a login. */
  @ParameterizedTest
  @ValueSource(strings = {"POST /auth/set", "POST /auth/login"})
  void aWriteAfterALoginSaysThatTheMicroserviceWasCalled(String request) throws Exception {
    String before = gateway.token();
    CountDownLatch loggedIn = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          called.countDown();
          await(loggedIn);
          connection.send(
              "HTTP/1.1 200 OK\r\nauth-set: evil\r\nauth-userId: 666\r\nContent-Length: 0\r\n\r\n");
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RawAnswer> slow = threads.submit(() -> send(request, before));
      called.await();
      String after = newer(logIn(before));
      loggedIn.countDown();

      RawAnswer answer = slow.get();
      assertEquals(401, answer.status(), answer.toString());
      assertEquals("token-replaced", answer.code(), answer.toString());
      assertTrue(answer.json().path("upstreamCalled").booleanValue(), answer.toString());
      assertEquals(Optional.empty(), answer.header("kinto-token"));
      upstream.reset();
      assertEquals(200, send("GET /auth/see", after).status());
      RawRequest seen = upstream.take();
      assertEquals(List.of("7"), seen.all("auth-userid"));
      assertEquals(List.of(), seen.all("auth-set"));
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** What began with the user of before does not go on beside the next one. */
  @Test
  void anEventStreamEndsWhenALoginReplacesItsToken() throws Exception {
    String before = gateway.token();
    CountDownLatch streaming = new CountDownLatch(1);
    CountDownLatch cut = new CountDownLatch(1);
    upstream.answers(
        (request, connection) -> {
          if (request.target().equals("/see")) {
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            streaming.countDown();
            connection.awaitEnd();
            cut.countDown();
            connection.close();
          } else {
            connection.send("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 0\r\n\r\n");
          }
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> stream =
          threads.submit(
              () -> {
                try {
                  send("GET /auth/see", before);
                } catch (IOException | RuntimeException | AssertionError e) {
                  // cut off, as it should be
                }
              });
      streaming.await();
      String second = rotated(before);
      assertEquals(200, send("POST /auth/login", second).status());
      cut.await();
      stream.get();
    }
  }

  /** The login's own answer may be a stream; it is the new token's. */
  @Test
  void theAnswerOfALoginThatLastsIsNotCut() throws Exception {
    String before = gateway.token();
    CountDownLatch looked = new CountDownLatch(1);
    upstream.answers(
        (request, connection) -> {
          connection.send(
              "HTTP/1.1 200 OK\r\n"
                  + "auth-userId: 7\r\n"
                  + "Content-Type: text/event-stream\r\n\r\n"
                  + "data: 1\n\n");
          await(looked);
          connection.send("data: 2\n\n").close();
        });
    String other = gateway.token();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RawAnswer> login = threads.submit(() -> send("POST /auth/login", before));
      // Two looks at all streams later: one more stream was cut since.
      upstream.take();
      Future<?> probe = threads.submit(() -> cutStream(other));
      probe.get();
      looked.countDown();
      RawAnswer answer = login.get();
      assertEquals("data: 1\n\ndata: 2\n\n", answer.text());
      assertEquals(200, send("GET /auth", newer(answer)).status());
    }
  }

  /** Opens a stream, ends its session, and returns when it was cut. */
  private Void cutStream(String token) throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    CountDownLatch streaming = new CountDownLatch(1);
    upstream.answers(
        (request, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
          streaming.countDown();
          connection.awaitEnd();
          cut.countDown();
          connection.close();
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> stream =
          threads.submit(
              () -> {
                try {
                  send("GET /auth/see", token);
                } catch (IOException | RuntimeException | AssertionError e) {
                  // cut off, as it should be
                }
              });
      streaming.await();
      assertEquals(204, send("DELETE /auth", token).status());
      cut.await();
      stream.get();
    }
    return null;
  }

  /**
   * Who planted a token on somebody cannot end the session into which that one logs in at the same
   * moment: either there is no session to log in to, or it goes on.
   */
  @Test
  void anEndWithTheTokenFromBeforeALoginBesideItNeverEndsTheLoggedInSession() throws Exception {
    for (int round = 0; round < 60; round++) {
      String planted = gateway.token();
      upstream.answers("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 0\r\n\r\n");
      CyclicBarrier together = new CyclicBarrier(2);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<RawAnswer> login =
            threads.submit(
                () -> {
                  together.await();
                  return send("POST /auth/login", planted);
                });
        Future<RawAnswer> end =
            threads.submit(
                () -> {
                  together.await();
                  return send("DELETE /auth", planted);
                });
        if (login.get().status() == 200) {
          assertEquals("token-replaced", end.get().code(), end.get().toString());
          assertEquals(200, send("GET /auth", newer(login.get())).status());
        } else {
          assertEquals("session-ended", login.get().code(), login.get().toString());
          assertEquals(204, end.get().status());
        }
      }
    }
  }
}
