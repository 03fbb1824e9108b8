package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A grid that is lost under a running gateway (contract C27, C36). Several requests are under way,
 * each held by its microservice, when the Ignite node is stopped; then the microservice answers.
 */
@Timeout(120)
class GridLostTest {
  private static final String SAID = "said-by-the-microservice";
  private static final Duration TWO_LOOKS = Duration.ofMillis(2_500);
  private static final String BODY = "Content-Length: " + SAID.length() + "\r\n\r\n" + SAID;

  /** What the microservice answers, by the path that it is asked for. */
  private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

  static {
    ANSWERS.put("/write", "200 OK\r\nX-Said: " + SAID + "\r\nm-user: " + SAID + "\r\n" + BODY);
    ANSWERS.put("/write?redirect", "302 Found\r\nLocation: /" + SAID + "\r\nm-user: 1\r\n" + BODY);
    ANSWERS.put(
        "/write?events",
        "200 OK\r\nContent-Type: text/event-stream\r\nm-user: 1\r\n\r\ndata: " + SAID + "\n\n");
    ANSWERS.put("/write?remove", "200 OK\r\nm-user:\r\n" + BODY);
    ANSWERS.put("/rotate", "200 OK\r\nX-Said: " + SAID + "\r\n" + BODY);
    ANSWERS.put("/write?nothing", "200 OK\r\n" + BODY);
    ANSWERS.put("/write?error", "500 Internal Server Error\r\nm-user: 1\r\n" + BODY);
    ANSWERS.put("/write?undeclared", "200 OK\r\nm-other: 1\r\n" + BODY);
  }

  private static final CountDownLatch LOST = new CountDownLatch(1);
  private static final Map<String, RawClient> HELD = new LinkedHashMap<>();

  @AutoClose private static final Opened OPENED = new Opened();
  @AutoClose private static RawClient stream;
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway gateway;
  private static String token;

  @BeforeAll
  static void loseTheGridUnderRunningRequests(@TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .service(
                TestManifest.of("m")
                    .route("GET /write")
                    .writes("m-user")
                    .route("GET /rotate")
                    .rotatesToken()
                    .route("GET /stream")
                    .build(),
                upstream.uri())
            .publicRoutes("all")
            .start();
    upstream.answers(GridLostTest::answerWhenTheGridIsLost);
    token = gateway.token();
    for (String target : ANSWERS.keySet()) {
      RawClient client = OPENED.add(gateway.connect());
      HELD.put(target, client.send(request("GET", "/m" + target)));
      assertEquals(target, upstream.take().target());
    }
    stream = gateway.connect();
    stream.send(request("GET", "/m/stream")).readHead();
    assertEquals("data: 1\n\n", new String(stream.readChunk(), StandardCharsets.US_ASCII));
    upstream.take();
    assertTrue(Ignition.stop(gateway.grid().name(), true));
    LOST.countDown();
  }

  private static void answerWhenTheGridIsLost(RawRequest request, RawUpstream.Connection connection)
      throws IOException {
    boolean stream = request.target().equals("/stream");
    if (stream) {
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
    }
    try {
      assertTrue(LOST.await(60, TimeUnit.SECONDS));
      if (stream) {
        Thread.sleep(TWO_LOOKS);
        connection.send("data: 2\n\n").close();
        return;
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    connection.send("HTTP/1.1 " + ANSWERS.get(request.target()));
    if (request.target().endsWith("events")) {
      connection.close();
    }
  }

  /** C27: the client learns that the microservice did its work, and nothing of what it said. */
  @ParameterizedTest
  @ValueSource(strings = {"/write", "/write?redirect", "/write?events", "/write?remove", "/rotate"})
  void whatCannotBeSavedIs503AndNoByteOfTheAnswerReachesTheClient(String target)
      throws IOException {
    RawAnswer answer = HELD.get(target).read();

    assertUnavailable(answer);
    assertTrue(answer.json().path("upstreamCalled").booleanValue(), answer.toString());
    assertFalse(answer.toString().contains(SAID), answer.toString());
    assertFalse(answer.head().toLowerCase(Locale.ROOT).contains("m-user"));
    assertEquals(Optional.empty(), answer.header("kinto-token"));
    assertEquals(Optional.empty(), answer.header("location"));
    RawAnswer next = HELD.get(target).exchange(request("GET", "/m/../x"));
    assertEquals("request-invalid", next.code(), "nothing else came, and the connection goes on");
  }

  /** C27: answers without writes pass; writes of an error, and undeclared ones, are none (C28). */
  @ParameterizedTest
  @ValueSource(strings = {"/write?nothing", "/write?error", "/write?undeclared"})
  void answerWithoutWritesPasses(String target) throws IOException {
    RawAnswer answer = HELD.get(target).read();

    assertEquals(ANSWERS.get(target).substring(0, 3), String.valueOf(answer.status()));
    assertEquals(SAID, answer.text());
    assertEquals(Optional.empty(), answer.header("m-user"));
    assertEquals(Optional.empty(), answer.header("m-other"));
  }

  /** C24: the gateway looks for its session every second; what was allowed goes on meanwhile. */
  @Test
  void streamGoesOn() throws IOException {
    assertEquals("data: 2\n\n", new String(stream.readChunk(), StandardCharsets.US_ASCII));
    assertEquals(0, stream.readChunk().length);
  }

  /** C20: a public call has no session, so it needs no grid, whatever its answer sets. */
  @ParameterizedTest
  @ValueSource(strings = {"/write", "/rotate", "/write?nothing"})
  void publicCallsGoOn(String target) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      RawAnswer answer = client.exchange(request("GET", "/demo-web/m" + target));

      assertEquals(200, answer.status(), answer.toString());
      assertEquals(SAID, answer.text());
      assertEquals(Optional.empty(), answer.header("m-user"));
      assertEquals(Optional.empty(), answer.header("kinto-token"));
    }
    assertEquals(target, upstream.take().target());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /m/write", "POST /nobody/x", "GET /auth", "PUT /auth", "DELETE /auth"})
  void tokenCannotBeLookedUpAndNothingIsCalled(String methodAndTarget) throws IOException {
    RawAnswer answer = gateway.send(methodAndTarget, token);

    assertUnavailable(answer);
    assertFalse(answer.json().has("upstreamCalled"), answer.toString());
    assertEquals(0, upstream.received().size());
  }

  @Test
  void noTokenIsIssued() throws IOException {
    RawAnswer answer = gateway.issue(TestGateway.CLIENT, TestGateway.SECRET);

    assertUnavailable(answer);
    assertFalse(answer.json().has("token"));
    assertEquals("client-invalid", gateway.issue(TestGateway.CLIENT, "wrong").code());
  }

  /** C23: what needs no look into the grid is refused as ever. */
  @Test
  void forgedTokenIsRefusedAsEver() throws IOException {
    String forged = token.substring(0, 20) + (token.charAt(20) == 'A' ? 'B' : 'A');
    assertEquals(
        "token-invalid", gateway.send("GET /m/write", forged + token.substring(21)).code());
    try (RawClient client = gateway.connect()) {
      assertEquals("token-missing", client.exchange("GET /m/x HTTP/1.1\r\nHost: h\r\n\r\n").code());
    }
  }

  private static void assertUnavailable(RawAnswer answer) {
    assertEquals(503, answer.status(), answer.toString());
    assertEquals("grid-unavailable", answer.code(), answer.toString());
    assertEquals(Optional.of("1"), answer.header("retry-after"));
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    assertFalse(text.contains("ignite") || text.contains("Ignite"), text);
  }

  private static String request(String method, String target) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer "
        + token
        + "\r\n\r\n";
  }
}
