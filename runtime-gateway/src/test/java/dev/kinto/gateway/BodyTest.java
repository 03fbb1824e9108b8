package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies stream both ways, whole or visibly broken, never silently short (contract C33, C34, C35).
 */
@Isolated("it measures the memory of the process")
class BodyTest {
  private static final int PIECE = 64 * 1024;

  /**
   * 64 MiB, so that the build is fast. {@code mvn verify -pl runtime-gateway -Dtest=BodyTest
   * -Dkinto.test.pieces=33000} sends more than 2 GiB either way.
   */
  private static final int PIECES = Integer.getInteger("kinto.test.pieces", 1024);

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config.service(
                  TestManifest.of("m").route("GET /x").route("POST /x").build(), upstream.uri()));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeAll
  static void takeToken() throws IOException {
    token = gateway.token();
  }

  @Test
  void closeDelimitedBodyArrivesWhole() throws IOException {
    upstream.answers(
        (_, connection) -> connection.send("HTTP/1.1 200 OK\r\n\r\nall of it").close());

    assertEquals("all of it", get().text());
  }

  @Test
  void chunksOfAnUpstreamMayBeCutAnywhere() throws IOException {
    upstream.answers(
        (_, connection) -> {
          for (char c :
              ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + "1;ext=\"a\"\r\na\r\n0003\r\nbcd\r\n0\r\n\r\n")
                  .toCharArray()) {
            connection.send(String.valueOf(c));
          }
        });

    assertEquals("abcd", get().text());
  }

  @Test
  void compressedBodiesPassUnharmedBothWays() throws IOException {
    byte[] gzip = gzip("compressed by somebody else".repeat(100));
    upstream.answers(
        (_, connection) ->
            connection
                .send(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + gzip.length
                        + "\r\n\r\n")
                .send(gzip));
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client
              .send(
                  head("POST")
                      + "Content-Encoding: gzip\r\nContent-Length: "
                      + gzip.length
                      + "\r\n\r\n")
              .send(gzip)
              .read();

      RawRequest request = upstream.take();
      assertArrayEquals(gzip, request.body());
      assertEquals(Optional.of("gzip"), request.header("content-encoding"));
      assertArrayEquals(gzip, answer.body());
      assertEquals(Optional.of("gzip"), answer.header("content-encoding"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "x-unknown", "gzip, br"})
  void unknownContentEncodingsPass(String encoding) throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              head("POST") + "Content-Encoding: " + encoding + "\r\nContent-Length: 1\r\n\r\nx");

      assertEquals(200, answer.status(), answer.toString());
      assertEquals(Optional.of(encoding), upstream.take().header("content-encoding"));
    }
  }

  @Test
  void requestKeepsItsFraming() throws IOException {
    try (RawClient client = gateway.connect()) {
      client.exchange(head("POST") + "Content-Length: 3\r\n\r\nabc");
      RawRequest counted = upstream.take();
      assertEquals(Optional.of("3"), counted.header("content-length"));
      assertEquals("abc", counted.text());

      client.exchange(
          head("POST") + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\n\r\n");
      RawRequest chunked = upstream.take();
      assertEquals(Optional.of("chunked"), chunked.header("transfer-encoding"));
      assertEquals("abc", chunked.text());

      client.exchange(head("POST") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
      assertTrue(upstream.take().complete());

      client.exchange(head("POST") + "\r\n");
      assertEquals(Optional.of("0"), upstream.take().header("content-length"));

      client.exchange(head("GET") + "\r\n");
      RawRequest bodiless = upstream.take();
      assertEquals(Optional.empty(), bodiless.header("content-length"));
      assertEquals(Optional.empty(), bodiless.header("transfer-encoding"));
    }
  }

  @Test
  void requestTrailersAreDiscarded() throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              head("POST")
                  + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Trailer: 1\r\n"
                  + "Kinto-Access: x\r\n\r\n");

      assertEquals(200, answer.status(), "contract C30: " + answer);
      RawRequest request = upstream.take();
      assertTrue(request.complete());
      assertEquals("a", request.text());
      assertEquals(200, client.exchange(head("GET") + "\r\n").status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhelloXX0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        "zz\r\nhello\r\n0\r\n\r\n",
        "-1\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "5 \r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",
        "fffffffff\r\nhello\r\n0\r\n\r\n"
      })
  void chunksThatCouldBeReadInTwoWaysAreNeverForwardedWhole(String chunks) throws IOException {
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
      client.shutdownOutput();
      RawAnswer answer = client.read();

      assertEquals("request-invalid", answer.code(), "contract C35: " + answer);
      assertTrue(client.ended(), "the connection is closed");
      assertTrue(
          upstream.received().stream().noneMatch(RawRequest::complete),
          "the upstream never sees a whole request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
        "Content-Length: 10\r\n\r\nhello"
      })
  void requestThatItsClientCutNeverLooksWhole(String body) throws IOException {
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + body);
      client.shutdownOutput();

      assertFalse(upstream.take().complete(), "the upstream sees that the body broke off");
    }
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + body);
      client.reset();

      assertFalse(upstream.take().complete(), "nor after a reset");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n"
      })
  void answerThatItsUpstreamCutNeverLooksWhole(String broken) throws IOException {
    for (boolean withReset : new boolean[] {false, true}) {
      upstream.answers(
          (_, connection) -> {
            connection.send(broken);
            if (withReset) {
              connection.abort();
            } else {
              connection.close();
            }
          });
      try (RawClient client = gateway.connect()) {
        client.send(head("GET") + "\r\n");
        RawAnswer answer;
        try {
          answer = client.read();
        } catch (EOFException | SocketException cut) {
          continue; // cut short, which the client cannot mistake for the whole
        }
        assertEquals(502, answer.status(), answer.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 ", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nX: 1\r\n"})
  void upstreamThatBreaksBeforeItsHeadIsCompleteIs502(String begin) throws IOException {
    for (boolean withReset : new boolean[] {false, true}) {
      upstream.answers(
          (_, connection) -> {
            connection.send(begin);
            if (withReset) {
              connection.abort();
            } else {
              connection.close();
            }
          });

      RawAnswer answer = get();

      assertEquals(502, answer.status(), answer.toString());
      assertTrue(answer.code().startsWith("upstream-"), answer.toString());
    }
  }

  @Test
  void connectionThatTheUpstreamClosedWhileIdleIsNotUsed() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertEquals(200, get().status());
      upstream.closeConnections();

      RawAnswer answer = post("x");

      assertEquals(200, answer.status(), "contract C34: " + answer);
    }
  }

  @Test
  void largeBodyPassesBothWaysInPieces() throws Exception {
    byte[] piece = piece();
    CRC32 crc = new CRC32();
    upstream.answers(
        (_, connection) -> {
          connection.send(
              "HTTP/1.1 200 OK\r\nContent-Length: " + (long) PIECE * PIECES + "\r\n\r\n");
          for (int i = 0; i < PIECES; i++) {
            connection.send(piece);
          }
        });
    long before = usedAfterCollection();
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < PIECES; i++) {
        client.send(Integer.toHexString(PIECE) + "\r\n").send(piece).send("\r\n");
        crc.update(piece);
      }
      client.send("0\r\n\r\n");
      RawRequest request = upstream.take();
      assertEquals((long) PIECE * PIECES, request.bodyLength());
      assertEquals(crc.getValue(), request.bodyCrc());

      RawAnswer head = client.readHead();

      assertEquals(200, head.status());
      for (int i = 0; i < PIECES; i++) {
        if (i == PIECES / 2) {
          long held = usedAfterCollection() - before;
          assertTrue(held < 16 * 1024 * 1024, held + " bytes are held in the middle of a body");
        }
        assertArrayEquals(piece, client.readBytes(PIECE));
      }
      upstream.answers(RawUpstream.OK);
      assertEquals(200, client.exchange(head("GET") + "\r\n").status());
    }
  }

  @Test
  void announcedLengthsGoBeyondTwoGibibytes() throws Exception {
    String length = "5000000000";
    CountDownLatch headArrived = new CountDownLatch(1);
    upstream.onHead(
        (request, _) -> {
          assertEquals(List.of(length), request.all("content-length"));
          headArrived.countDown();
        });
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Content-Length: " + length + "\r\n\r\nfirst");
      await(headArrived);
    }
    assertFalse(upstream.take().complete(), "a part never looks like the whole");
    upstream.reset();
    upstream.answers(
        (_, connection) ->
            connection
                .send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\nfirst")
                .close());
    try (RawClient client = gateway.connect()) {
      RawAnswer head = client.send(head("GET") + "\r\n").readHead();
      assertEquals(Optional.of(length), head.header("content-length"));
      assertEquals("first", new String(client.readBytes(5), StandardCharsets.US_ASCII));
      assertTrue(client.ended());
    }
  }

  /** Where nobody reads on, both ends of the gateway fill up, and then the sender has to wait. */
  @Test
  void clientThatReadsSlowlySlowsTheUpstream() throws Exception {
    byte[] piece = piece();
    AtomicLong sent = new AtomicLong();
    upstream.answers(
        (_, connection) -> {
          connection.send(
              "HTTP/1.1 200 OK\r\nContent-Length: " + (long) PIECE * PIECES + "\r\n\r\n");
          for (int i = 0; i < PIECES; i++) {
            connection.send(piece);
            sent.addAndGet(PIECE);
          }
        });
    try (RawClient client = gateway.connect()) {
      client.send(head("GET") + "\r\n").readHead();
      assertStalls(sent);
      for (int i = 0; i < PIECES; i++) {
        assertArrayEquals(piece, client.readBytes(PIECE));
      }
    }
  }

  @Test
  void upstreamThatReadsSlowlySlowsTheClient() throws Exception {
    byte[] piece = piece();
    CountDownLatch mayRead = new CountDownLatch(1);
    upstream.onHead((_, _) -> await(mayRead));
    AtomicLong sent = new AtomicLong();
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Content-Length: " + (long) PIECE * PIECES + "\r\n\r\n");
      Thread sending =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < PIECES; i++) {
                        client.send(piece);
                        sent.addAndGet(PIECE);
                      }
                    } catch (IOException e) {
                      sent.set(Long.MAX_VALUE);
                    }
                  });
      assertStalls(sent);
      mayRead.countDown();
      assertEquals((long) PIECE * PIECES, upstream.take().bodyLength());
      assertEquals(200, client.read().status());
      assertTrue(sending.join(Duration.ofSeconds(30)));
    }
  }

  /** Waits until no more is sent for a while, which must be long before the end. */
  private static void assertStalls(AtomicLong sent) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long before = -1;
    for (long now = sent.get(); now != before || now == 0; now = sent.get()) {
      before = now;
      assertFalse(never.await(500, TimeUnit.MILLISECONDS));
    }
    assertTrue(sent.get() < (long) PIECE * PIECES * 3 / 4, sent + " bytes went somewhere");
  }

  @Test
  void headOfAStreamArrivesBeforeItsFirstByteAndEventsOneByOne() throws Exception {
    for (String framing : new String[] {"Transfer-Encoding: chunked", "Content-Length: 30", ""}) {
      CountDownLatch headSeen = new CountDownLatch(1);
      CountDownLatch[] eventSeen = {
        new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)
      };
      boolean chunked = framing.startsWith("Transfer");
      upstream.answers(
          (_, connection) -> {
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    + (framing.isEmpty() ? "" : framing + "\r\n")
                    + "\r\n");
            await(headSeen);
            for (int i = 0; i < 3; i++) {
              String event = "data: " + i + "..\n";
              connection.send(chunked ? "a\r\n" + event + "\r\n" : event);
              await(eventSeen[i]);
            }
            if (chunked) {
              connection.send("0\r\n\r\n");
            } else if (framing.isEmpty()) {
              connection.close();
            }
          });
      try (RawClient client = gateway.connect()) {
        RawAnswer head = client.send(head("GET") + "\r\n").readHead();

        assertEquals(Optional.of("text/event-stream"), head.header("content-type"));
        headSeen.countDown();
        boolean chunkedToUs = head.header("transfer-encoding").isPresent();
        for (int i = 0; i < 3; i++) {
          byte[] event = chunkedToUs ? client.readChunk() : client.readBytes(10);
          assertEquals("data: " + i + "..\n", new String(event, StandardCharsets.US_ASCII));
          eventSeen[i].countDown();
        }
        if (chunkedToUs) {
          assertEquals(0, client.readChunk().length);
        }
      }
    }
  }

  @Test
  void requestBodyStreamsToTheUpstreamBeforeItIsComplete() throws Exception {
    CountDownLatch headArrived = new CountDownLatch(1);
    upstream.onHead((_, _) -> headArrived.countDown());
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
      await(headArrived);
      client.send("1\r\nb\r\n0\r\n\r\n");

      assertEquals(200, client.read().status());
      assertEquals("ab", upstream.take().text());
    }
  }

  @Test
  void clientIsToldToSendOnlyWhenTheUpstreamAgrees() throws Exception {
    CountDownLatch mayAgree = new CountDownLatch(1);
    upstream.onHead(
        (request, connection) -> {
          if (request.header("expect").isPresent()) {
            mayAgree.countDown();
            connection.send("HTTP/1.1 100 Continue\r\n\r\n");
          }
        });
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      await(mayAgree);
      assertEquals(100, client.read().status());
      client.send("body");

      assertEquals(200, client.read().status());
      assertEquals("body", upstream.take().text());
      assertEquals(200, client.exchange(head("GET") + "\r\n").status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"})
  void bodyThatTheUpstreamDoesNotWantIsNotAskedFor(String interim) throws Exception {
    upstream.onHead(
        (_, connection) -> {
          connection.send(
              interim + "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno");
          connection.awaitEnd();
          connection.close();
        });
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      RawAnswer answer = client.read();

      assertEquals(417, answer.status(), "no 100 comes before it: " + answer);
      assertEquals("no", answer.text());
      assertEquals(Optional.of("close"), answer.header("connection"));
      assertTrue(client.ended());
    }
  }

  @Test
  void answerOfAnUpstreamThatDoesNotReadOnReachesTheClient() throws Exception {
    upstream.onHead(
        (_, connection) -> {
          connection.send(
              "HTTP/1.1 413 Content Too Large\r\n"
                  + "Connection: close\r\n"
                  + "Content-Length: 3\r\n\r\n"
                  + "big");
          connection.close();
        });
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Content-Length: 300000\r\n\r\n" + "x".repeat(1000));
      assertFalse(upstream.take().complete());
      client.send(new byte[100_000]);

      RawAnswer answer = client.read();

      assertEquals(413, answer.status(), answer.toString());
      assertEquals("big", answer.text());
      assertEquals(Optional.of("close"), answer.header("connection"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 300000\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Content-Length: 300000\r\n\r\nx",
        "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n"
      })
  void answerOfAnUpstreamThatStopsReadingReachesAClientThatWaits(String body) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<Boolean> inOrder = new CompletableFuture<>();
    upstream.onHead(
        (_, connection) -> {
          connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
          await(over);
          inOrder.complete(connection.awaitEnd());
          connection.close();
        });
    try (RawClient client = gateway.connect()) {
      RawAnswer answer = client.send(head("POST") + body).read();

      assertEquals(413, answer.status(), "contract C33: " + answer);
      assertEquals("big", answer.text());
      assertEquals(Optional.of("close"), answer.header("connection"));
      assertTrue(client.ended(), "contract C35: nothing after it is parsed");
      over.countDown();
      assertFalse(upstream.take().complete(), "the connection to the upstream ends too");
      assertFalse(inOrder.get(30, TimeUnit.SECONDS), "and half a request ends with a reset");
    }
  }

  @Test
  void upstreamMayAnswerAsItReads() throws Exception {
    upstream.onHead(
        (_, connection) ->
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n"));
    upstream.answers((_, connection) -> connection.send("3\r\nbye\r\n0\r\n\r\n"));
    try (RawClient client = gateway.connect()) {
      client.send(head("POST") + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
      assertEquals(200, client.readHead().status());
      assertEquals("hi", new String(client.readChunk(), StandardCharsets.US_ASCII));
      client.send("1\r\nb\r\n0\r\n\r\n");

      assertEquals("bye", new String(client.readChunk(), StandardCharsets.US_ASCII));
      assertEquals(0, client.readChunk().length);
      assertEquals("ab", upstream.take().text());
    }
  }

  @Test
  void connectionsAreKeptBehindBodiesThatCameInPieces() throws Exception {
    try (RawClient client = gateway.connect()) {
      client.exchange(head("GET") + "\r\n");
      int connection = upstream.take().connection();
      int kept = 0;
      for (int i = 0; i < 50; i++) {
        client.send(head("POST") + "Content-Length: 20000\r\n\r\n" + "x".repeat(10_000));
        RawAnswer answer = client.send("y".repeat(10_000)).read();

        assertEquals(Optional.empty(), answer.header("connection"));
        int next = upstream.take().connection();
        kept += next == connection ? 1 : 0;
        connection = next;
      }
      // On a busy machine the thread that sent a body may not have ended when the answer has.
      assertTrue(kept > 25, "only " + kept + " of 50 were kept");
    }
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

  private static byte[] piece() {
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < piece.length; i++) {
      piece[i] = (byte) (i * 31);
    }
    return piece;
  }

  private static long usedAfterCollection() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static RawAnswer get() throws IOException {
    return gateway.exchange(head("GET") + "\r\n");
  }

  private static RawAnswer post(String body) throws IOException {
    return gateway.exchange(head("POST") + "Content-Length: " + body.length() + "\r\n\r\n" + body);
  }

  private static String head(String method) {
    return method + " /m/x HTTP/1.1\r\nHost: test\r\nKinto-Authorization: Bearer " + token + "\r\n";
  }
}
