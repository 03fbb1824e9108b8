package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.manifest.Manifest;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an upstream is asked at most, and how long it is waited for (contract C33, C34, C36). */
class UpstreamLimitsTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(service("slow"), upstream.uri())
                  .publicRoutes("all")
                  .serviceKey("upstreamLimits", limits(512, 128, SHORT, SHORT))
                  .service(service("whole"), upstream.uri())
                  .publicRoutes("all")
                  .serviceKey("upstreamLimits", limits(512, 128, LONG, LONG))
                  .serviceKey("upstreamLimits.totalTimeout", SHORT.toString())
                  .service(service("crowded"), upstream.uri())
                  .publicRoutes("all")
                  .serviceKey("upstreamLimits", limits(1, 1, LONG, LONG))
                  .serviceKey("upstreamLimits.queueTime", LONG.toString())
                  .service(service("pausing"), upstream.uri())
                  .publicRoutes("all")
                  .serviceKey("upstreamLimits", limits(512, 128, SHORT, LONG))
                  .service(service("thinking"), upstream.uri())
                  .publicRoutes("all")
                  .serviceKey("upstreamLimits", limits(512, 128, LONG, SHORT))
                  .service(service("narrow"), upstream.uri())
                  .publicRoutes("all")
                  .serviceKey("upstreamLimits", limits(1, 1, LONG, LONG)));

  private static final RawUpstream upstream = gateway.upstream();

  private static Manifest service(String name) {
    return TestManifest.of(name).route("GET /x").route("POST /x").build();
  }

  private static Map<String, Object> limits(
      int most, int queue, Duration firstByte, Duration idle) {
    return new LinkedHashMap<>(
        Map.of(
            "maxConcurrent",
            most,
            "queue",
            queue,
            "queueTime",
            "PT2S",
            "firstByteTimeout",
            firstByte.toString(),
            "idleTimeout",
            idle.toString()));
  }

  @Test
  void upstreamThatDoesNotAnswerIs504() throws IOException {
    for (String service : new String[] {"slow", "whole"}) {
      upstream.answers((_, connection) -> connection.awaitEnd());
      try (RawClient client = gateway.connectPublic()) {
        RawAnswer answer = client.exchange(get(service));

        assertEquals("upstream-timeout", answer.code(), answer.toString());
        assertEquals(504, answer.status());
        upstream.reset();
        assertEquals(200, client.exchange(get(service)).status(), "the client may go on");
      }
    }
  }

  @Test
  void headThatStopsHalfWayIs504() throws IOException {
    for (String service : new String[] {"slow", "whole"}) {
      upstream.answers((_, connection) -> connection.send("HTTP/1.1 200 OK\r\nX: ").awaitEnd());
      try (RawClient client = gateway.connectPublic()) {
        assertEquals("upstream-timeout", client.exchange(get(service)).code());
      }
    }
  }

  /** Each of the two has its own: for the first byte, and between two. */
  @Test
  void answerMayPauseLongerThanItsFirstByteAndTheOtherWayRound() throws IOException {
    upstream.answers(
        (_, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
          pause();
          pause();
          connection.send("1\r\nb\r\n0\r\n\r\n");
        });
    try (RawClient client = gateway.connectPublic()) {
      assertEquals("ab", client.exchange(get("pausing")).text());
      client.send(get("thinking")).readHead();
      assertEquals(1, client.readChunk().length);
      assertCut(client);
    }
    upstream.answers(
        (_, connection) -> {
          pause();
          pause();
          connection.send(RawUpstream.OK);
        });
    try (RawClient client = gateway.connectPublic()) {
      assertEquals("ok", client.exchange(get("thinking")).text());
      assertEquals("upstream-timeout", client.exchange(get("pausing")).code());
    }
  }

  @Test
  void answerThatPausesTooLongIsCutSoThatItNeverLooksWhole() throws IOException {
    for (String service : new String[] {"slow", "whole"}) {
      upstream.answers(
          (_, connection) ->
              connection
                  .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n")
                  .awaitEnd());
      try (RawClient client = gateway.connectPublic()) {
        assertEquals(200, client.send(get(service)).readHead().status());
        assertEquals(1, client.readChunk().length);
        assertCut(client);
      }
    }
  }

  @Test
  void uploadMayTakeLongerThanTheTimeForTheFirstByte() throws Exception {
    try (RawClient client = gateway.connectPublic()) {
      client.send(post("slow") + "Content-Length: 4\r\n\r\na");
      for (int i = 0; i < 3; i++) {
        pause();
        client.send("b");
      }
      RawAnswer answer = client.read();

      assertEquals(200, answer.status(), answer.toString());
      assertEquals("abbb", upstream.take().text());
    }
  }

  /** More than half of the short limit, so that three of them are more than one. */
  private static void pause() {
    try {
      assertFalse(new CountDownLatch(1).await(SHORT.toMillis() * 2 / 3, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void upstreamThatStopsReadingIs504() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    upstream.onHead((_, _) -> await(over));
    try (RawClient client = gateway.connectPublic()) {
      client.send(post("slow") + "Content-Length: 100000000\r\n\r\n");
      Thread sending =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 1000; i++) {
                        client.send(new byte[100_000]);
                      }
                    } catch (IOException e) {
                      // The gateway closed the connection.
                    }
                  });
      RawAnswer answer = client.read();

      assertEquals("upstream-timeout", answer.code(), answer.toString());
      assertEquals(Optional.of("close"), answer.header("connection"));
      assertTrue(sending.join(Duration.ofSeconds(10)));
    } finally {
      over.countDown();
    }
  }

  @Test
  void moreRequestsThanAnUpstreamTakesWaitInAShortQueueAndAreRefusedBeyond() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          arrived.countDown();
          await(mayAnswer);
          connection.send(RawUpstream.OK);
        });
    try (RawClient first = gateway.connectPublic();
        RawClient second = gateway.connectPublic();
        RawClient third = gateway.connectPublic()) {
      first.send(get("narrow"));
      await(arrived);
      second.send(get("narrow"));
      third.send(get("narrow"));
      RawAnswer refused = second.read();
      RawAnswer alsoRefused = third.read();

      for (RawAnswer answer : new RawAnswer[] {refused, alsoRefused}) {
        assertEquals(503, answer.status(), "one beyond the queue, one after its time: " + answer);
        assertEquals("upstream-busy", answer.code());
        assertEquals(Optional.of("1"), answer.header("retry-after"));
      }
      second.send(get("narrow"));
      mayAnswer.countDown();
      assertEquals(200, first.read().status());
      assertEquals(200, second.read().status(), "who waits gets the place that becomes free");
      assertEquals(200, third.exchange(get("narrow")).status());
    }
    assertEquals(3, upstream.received().size(), "those refused never reached it");
  }

  /** One waits for longer than the test does, so who is refused is so for the queue's length. */
  @Test
  void queueHasALengthAndItsFirstIsToldOfAFreePlace() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          arrived.countDown();
          await(mayAnswer);
          connection.send(RawUpstream.OK);
        });
    try (RawClient first = gateway.connectPublic();
        RawClient second = gateway.connectPublic();
        RawClient third = gateway.connectPublic()) {
      first.send(get("crowded"));
      await(arrived);
      CompletableFuture<RawAnswer> one = answerOf(second.send(get("crowded")));
      CompletableFuture<RawAnswer> other = answerOf(third.send(get("crowded")));
      RawAnswer refused = (RawAnswer) CompletableFuture.anyOf(one, other).get(30, TimeUnit.SECONDS);

      assertEquals("upstream-busy", refused.code(), refused.toString());
      mayAnswer.countDown();
      assertEquals(200, first.read().status());
      int served = one.get(30, TimeUnit.SECONDS).status() == 200 ? 1 : 0;
      served += other.get(30, TimeUnit.SECONDS).status() == 200 ? 1 : 0;
      assertEquals(1, served, "the other one had waited");
    }
  }

  private static CompletableFuture<RawAnswer> answerOf(RawClient client) {
    CompletableFuture<RawAnswer> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(client.read());
              } catch (IOException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  @Test
  void moreCallsThanTheGatewayCarriesAreRefusedAtOnce(@TempDir Path folder) throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          await(mayAnswer);
          connection.send(RawUpstream.OK);
        });
    try (TestGateway small =
            TestGateway.in(folder)
                .set("maxCalls", 1)
                .service(service("one"), upstream.uri())
                .publicRoutes("all")
                .service(service("other"), upstream.uri())
                .publicRoutes("all")
                .start();
        RawClient first = small.connectPublic();
        RawClient second = small.connectPublic()) {
      first.send(get("one"));
      upstream.take();
      RawAnswer refused = second.exchange(get("other"));

      assertEquals("upstream-busy", refused.code(), refused.toString());
      assertEquals(Optional.of("1"), refused.header("retry-after"));
      mayAnswer.countDown();
      assertEquals(200, first.read().status());
      assertEquals(200, second.exchange(get("other")).status(), "who is served makes room");
    }
  }

  @Test
  void placeIsFreeAgainAfterEveryOutcome() throws Exception {
    upstream.answers((_, connection) -> connection.close());
    for (int i = 0; i < 3; i++) {
      try (RawClient client = gateway.connectPublic()) {
        assertEquals(502, client.exchange(post("narrow") + "\r\n").status());
      }
    }
    upstream.reset();
    for (int i = 0; i < 3; i++) {
      try (RawClient client = gateway.connectPublic()) {
        assertEquals(200, client.exchange(post("narrow") + "\r\n").status());
      }
    }
  }

  private static void assertCut(RawClient client) {
    IOException cut = assertThrows(IOException.class, client::readChunk);
    assertTrue(cut instanceof EOFException || cut instanceof SocketException, cut.toString());
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("It did not happen in time");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String get(String service) {
    return "GET /demo-web/" + service + "/x HTTP/1.1\r\nHost: test\r\n\r\n";
  }

  private static String post(String service) {
    return "POST /demo-web/" + service + "/x HTTP/1.1\r\nHost: test\r\n";
  }
}
