package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send or read slowly are waited for, but not for ever (contract C36: 408). */
class SlowClientTest {
  /** Longer than a pause of a busy machine, shorter than anybody wants to wait for a test. */
  private static final Duration LIMIT = Duration.ofMillis(1500);

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("m")
                          .route("GET /x")
                          .route("POST /x")
                          .route("POST /needs")
                          .reads("m-field")
                          .build(),
                      upstream.uri())
                  .set("clientLimits.maxBodySize", 100_000)
                  .set("clientLimits.headTimeout", LIMIT.toString())
                  .set("clientLimits.idleTimeout", LIMIT.toString())
                  .set("clientLimits.bodyTimeout", LIMIT.toString())
                  .set("clientLimits.writeTimeout", LIMIT.toString()));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeAll
  static void takeToken() throws IOException {
    token = gateway.token();
  }

  @Test
  void connectionWithoutARequestIsClosedSilently() throws IOException {
    try (RawClient client = gateway.connect()) {
      assertTrue(client.ended());
    }
  }

  @Test
  void idleKeptConnectionIsClosedSilently() throws IOException {
    try (RawClient client = gateway.connect()) {
      assertEquals(200, client.exchange(get()).status());
      assertTrue(client.ended());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /m/x HTTP/1.1\r\nHost: te", "\r\n", "GET /m/x HTTP/1.1\r\n"})
  void headThatDoesNotCome(String part) throws IOException {
    try (RawClient client = gateway.connect()) {
      assertTimedOut(client.exchange(part), client);
    }
  }

  @Test
  void headThatDripsIsTimedAsAWhole() throws Exception {
    try (RawClient client = gateway.connect()) {
      CountDownLatch ended = new CountDownLatch(1);
      Thread drip = Thread.ofVirtual().start(() -> drip(client, "GET /m/x HTTP/1.1\r\n", ended));

      assertTimedOut(client.read(), client);
      ended.countDown();
      drip.join();
    }
  }

  @Test
  void headBehindAnotherRequestIsTimedToo() throws IOException {
    try (RawClient client = gateway.connect()) {
      client.send(get() + "GET /m/x HT");

      assertEquals(200, client.read().status());
      assertTimedOut(client.read(), client);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\nfive!",
        "Content-Length: 10\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nfi",
        "Transfer-Encoding: chunked\r\n\r\n5",
        "Transfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x",
        "Expect: 100-continue\r\nContent-Length: 10\r\n\r\nfive!"
      })
  void bodyThatPausesEndsTheCallOfTheUpstream(String rest) throws IOException {
    try (RawClient client = gateway.connect()) {
      client.send(head("POST /m/x") + rest);
      RawAnswer answer = client.read();
      if (answer.status() == 100) {
        answer = client.read();
      }

      assertTimedOut(answer, client);
      assertFalse(upstream.take().complete(), "the upstream never takes the part for the whole");
    }
  }

  @Test
  void bodyThatDripsIsForwarded() throws Exception {
    try (RawClient client = gateway.connect()) {
      client.send(head("POST /m/x") + "Content-Length: 6\r\n\r\n");
      CountDownLatch never = new CountDownLatch(1);
      for (char c : "dripit".toCharArray()) {
        assertFalse(never.await(LIMIT.toMillis() / 4, TimeUnit.MILLISECONDS));
        client.send(String.valueOf(c));
      }

      assertEquals(200, client.read().status(), "pauses are limited, not the whole body");
      assertEquals("dripit", upstream.take().text());
    }
  }

  @Test
  void bodyOfAuthThatPauses() throws IOException {
    try (RawClient client = gateway.connect()) {
      assertTimedOut(
          client.exchange(
              "POST /auth HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 10\r\n\r\n{"),
          client);
    }
  }

  @Test
  void clientThatWaitsForItsAnswerIsNotTimed() throws IOException {
    upstream.answers(
        (_, connection) -> {
          pause(LIMIT.multipliedBy(2));
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive!");
          pause(LIMIT.multipliedBy(2));
          connection.send("-more");
        });
    try (RawClient client = gateway.connect()) {
      assertEquals("five!-more", client.exchange(get()).text());
      assertEquals("five!-more", client.exchange(get()).text(), "and the connection is kept");
    }
  }

  @Test
  void clientThatDoesNotReadIsCutOffAndItsCallEnds() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          try {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            while (true) {
              connection.send(new byte[64 * 1024]);
            }
          } catch (IOException e) {
            ended.countDown();
          }
        });
    try (RawClient client = gateway.connect()) {
      client.send(get());

      assertTrue(ended.await(30, TimeUnit.SECONDS), "the upstream sees the end");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
  void announcedBodyThatIsTooLargeReachesNoUpstream(String expect) throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(head("POST /m/x") + expect + "Content-Length: 100001\r\n\r\n");

      assertEquals(413, answer.status(), answer.toString());
      assertEquals("body-too-large", answer.code());
      assertTrue(client.ended());
      assertTrue(upstream.received().isEmpty(), "the upstream is not called");
    }
  }

  @Test
  void bodySizeIsCheckedAfterTheRequiredFields() throws IOException {
    try (RawClient client = gateway.connect()) {
      String length = "Content-Length: 100001\r\n\r\n";

      assertEquals(
          "session-field-required",
          client.exchange(head("POST /m/needs") + length).code(),
          "contract C21a");
    }
    try (RawClient client = gateway.connect()) {
      assertEquals(
          "token-missing",
          client
              .exchange("POST /m/x HTTP/1.1\r\nHost: test\r\nContent-Length: 100001\r\n\r\n")
              .code());
    }
  }

  @Test
  void chunkedBodyIsCountedWhileItStreams() throws IOException {
    try (RawClient client = gateway.connect()) {
      client.send(head("POST /m/x") + "Transfer-Encoding: chunked\r\n\r\n186a1\r\n");
      client.send(new byte[100_001]);

      RawAnswer answer = client.read();
      assertEquals("body-too-large", answer.code(), answer.toString());
      assertTrue(client.ended());
      assertFalse(upstream.take().complete());
    }
  }

  @Test
  void bodyOfTheGreatestSizePasses() throws IOException {
    try (RawClient client = gateway.connect()) {
      client.send(head("POST /m/x") + "Content-Length: 100000\r\n\r\n");
      client.send(new byte[100_000]);

      assertEquals(200, client.read().status());
      assertEquals(100_000, upstream.take().bodyLength());
    }
    try (RawClient client = gateway.connect()) {
      client.send(head("POST /m/x") + "Transfer-Encoding: chunked\r\n\r\n186a0\r\n");
      client.send(new byte[100_000]);
      client.send("\r\n0\r\n\r\n");

      assertEquals(200, client.read().status());
      assertEquals(100_000, upstream.take().bodyLength());
    }
  }

  @Test
  void clientThatAsksFirstIsNotToldToSendAuthWhatIsTooLarge() throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "POST /auth HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                  + "Expect: 100-continue\r\nContent-Length: 9000\r\n\r\n");

      assertEquals(413, answer.status(), "and no 100 before it");
    }
  }

  private static void assertTimedOut(RawAnswer answer, RawClient client) throws IOException {
    assertEquals(408, answer.status(), answer.toString());
    assertEquals("request-timeout", answer.code());
    assertEquals(Optional.of("close"), answer.header("connection"));
    assertTrue(client.ended());
  }

  private static void drip(RawClient client, String text, CountDownLatch ended) {
    try {
      client.send(text);
      while (!ended.await(LIMIT.toMillis() / 10, TimeUnit.MILLISECONDS)) {
        client.send("X: y\r\n");
      }
    } catch (IOException | InterruptedException e) {
      // The gateway has ended the connection.
    }
  }

  private static void pause(Duration time) {
    try {
      assertFalse(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String head(String methodAndTarget) {
    return methodAndTarget
        + " HTTP/1.1\r\nHost: test\r\nKinto-Authorization: Bearer "
        + token
        + "\r\n";
  }

  private static String get() {
    return head("GET /m/x") + "\r\n";
  }
}
