package dev.kinto.gateway;

import static dev.kinto.gateway.Http2Client.CONTINUATION;
import static dev.kinto.gateway.Http2Client.DATA;
import static dev.kinto.gateway.Http2Client.END_HEADERS;
import static dev.kinto.gateway.Http2Client.END_STREAM;
import static dev.kinto.gateway.Http2Client.ENHANCE_YOUR_CALM;
import static dev.kinto.gateway.Http2Client.FLOW_CONTROL_ERROR;
import static dev.kinto.gateway.Http2Client.FRAME_SIZE_ERROR;
import static dev.kinto.gateway.Http2Client.HEADERS;
import static dev.kinto.gateway.Http2Client.PING;
import static dev.kinto.gateway.Http2Client.PRIORITY;
import static dev.kinto.gateway.Http2Client.SETTINGS;
import static dev.kinto.gateway.Http2Client.bytes;
import static dev.kinto.gateway.Http2Client.number;
import static dev.kinto.gateway.Http2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.http2.Field;
import dev.kinto.gateway.http2.Http2Codec;
import dev.kinto.gateway.http2.Http2Limits;
import dev.kinto.gateway.http2.StreamEndedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frames that are sent to do harm end their connection, or their stream, with little work for the
 * gateway; other connections notice nothing (contract C29, C35; RFC 9113, section 10.5).
 */
class Http2HostileTest {
  private static final int MAX_STREAMS = 100;

  /** A type of frame that no specification knows (RFC 9113, section 5.5). */
  private static final int UNKNOWN = 0x7E;

  private static final byte[] NOTHING = {};

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("m").route("GET /{rest*}").route("POST /{rest*}").build(),
                      upstream.uri())
                  .publicRoutes("all")
                  .http2()
                  .set("clientLimits.bodyTimeout", "PT3S")
                  .set("clientLimits.writeTimeout", "PT3S")
                  .set("clientLimits.idleTimeout", "PT4S"));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @AutoClose private Http2Client client;

  @BeforeAll
  static void start() throws IOException {
    try (Http2Client client = Http2Client.to(gateway.api())) {
      token = client.token();
    }
  }

  @BeforeEach
  void connect() throws IOException {
    client = Http2Client.to(gateway.api());
  }

  @AfterEach
  void othersAreServed() throws IOException {
    upstream.reset();
    assertAnotherClientIsServed();
  }

  private static void assertAnotherClientIsServed() throws IOException {
    try (Http2Client other = Http2Client.to(gateway.api())) {
      assertEquals(200, other.exchange(get()).status());
    }
  }

  private static String[] get() {
    return request("GET", "/m/x", "kinto-authorization", "Bearer " + token);
  }

  private static String[] post() {
    return request("POST", "/m/x", "kinto-authorization", "Bearer " + token);
  }

  private static byte[] repeated(byte[] frame, int count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  /** The connection may end while the frames are still being sent. */
  private void flood(byte[] frames) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                client.write(frames);
              } catch (IOException e) {
                // the gateway has had enough
              }
            });
  }

  /** All in one piece: what the reader acknowledges meanwhile must not come between the frames. */
  private void floodHead(byte[] piece, int count) {
    int stream = client.newStream();
    byte[] begun = Arrays.copyOf(Http2Client.block(get()), 5);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(bytes(HEADERS, END_STREAM, stream, begun));
    frames.writeBytes(repeated(bytes(CONTINUATION, 0, stream, piece), count));
    flood(frames.toByteArray());
  }

  /** CVE-2023-44487. */
  @Test
  void rapidResetsEndTheConnection() throws IOException {
    upstream.answers((_, connection) -> connection.awaitEnd());
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) {
      int stream = client.newStream();
      frames.writeBytes(bytes(HEADERS, END_HEADERS | END_STREAM, stream, Http2Client.block(get())));
      frames.writeBytes(bytes(Http2Client.RST_STREAM, 0, stream, number(8)));
    }
    flood(frames.toByteArray());

    assertEquals(ENHANCE_YOUR_CALM, client.goAway());
  }

  /**
   * CVE-2025-55163: the client makes the gateway reset streams, which then do not count as open.
   */
  @Test
  void provokedResetsEndTheConnection() throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) {
      int stream = client.newStream();
      frames.writeBytes(bytes(HEADERS, END_HEADERS | END_STREAM, stream, Http2Client.block(get())));
      frames.writeBytes(bytes(Http2Client.WINDOW_UPDATE, 0, stream, number(0)));
    }
    flood(frames.toByteArray());

    assertEquals(ENHANCE_YOUR_CALM, client.goAway());
  }

  @Test
  void aHeadInTinyPiecesEndsTheConnection() throws IOException {
    floodHead(new byte[] {0}, 100_000);

    assertEquals(ENHANCE_YOUR_CALM, client.goAway());
  }

  @Test
  void aHeadWithoutEndEndsTheConnection() throws IOException {
    floodHead(new byte[16_000], 1000);

    assertTrue(client.goAway() != 0);
  }

  /** A few bytes name a large field of the table again and again: 12,000 times 4,000 bytes. */
  @Test
  void aBombOfCompressedFieldsIsRefusedAlone() throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(Http2Client.block(get()));
    block.write(0x40);
    block.writeBytes(Arrays.copyOfRange(Http2Client.block("x", "a".repeat(4000)), 1, 4006));
    block.writeBytes(repeated(new byte[] {(byte) 0xBE}, 12_000));
    int stream = client.newStream();
    client.frame(HEADERS, END_HEADERS | END_STREAM, stream, block.toByteArray());

    RawAnswer answer = client.answer(stream);
    assertEquals(431, answer.status(), "contract C36");
    assertEquals("headers-too-large", answer.code());
    assertEquals(200, client.exchange(get()).status(), "the connection goes on");
  }

  @ParameterizedTest
  @ValueSource(ints = {SETTINGS, PING, PRIORITY, UNKNOWN})
  void framesThatAskForNothingEndTheConnection(int type) throws IOException {
    byte[] frame =
        switch (type) {
          case SETTINGS -> bytes(SETTINGS, 0, 0, NOTHING);
          case PING -> bytes(PING, 0, 0, new byte[8]);
          case UNKNOWN -> bytes(UNKNOWN, 0, 0, NOTHING);
          default -> bytes(PRIORITY, 0, 1, new byte[5]);
        };
    flood(repeated(frame, 50_000));

    assertEquals(ENHANCE_YOUR_CALM, client.goAway());
  }

  @Test
  void emptyPiecesOfABodyEndTheConnection() throws IOException {
    int stream = client.open(false, post());
    flood(repeated(bytes(DATA, 0, stream, NOTHING), 10_000));

    assertEquals(ENHANCE_YOUR_CALM, client.goAway());
  }

  @Test
  void aFrameThatIsTooLargeEndsTheConnection() throws IOException {
    client.write(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0, 0, 0, 0, 0, 1});

    assertEquals(FRAME_SIZE_ERROR, client.goAway());
  }

  @Test
  void aWindowThatIsTooLargeEndsTheConnectionOrTheStream() throws IOException {
    upstream.answers((_, connection) -> connection.awaitEnd());
    int stream = client.open(true, get());
    client.giveWindow(stream, Integer.MAX_VALUE);
    assertEquals(FLOW_CONTROL_ERROR, client.resetOf(stream));

    client.giveWindow(0, Integer.MAX_VALUE);
    assertEquals(FLOW_CONTROL_ERROR, client.goAway());
  }

  /** So much of a body is held and no more: who sends more breaks the rules (section 6.9.1). */
  @Test
  void aBodyBeyondItsWindowIsRefused() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    upstream.onHead((_, _) -> await(release));
    int stream = client.open(false, post());
    // More than the sockets between the gateway and the microservice hold.
    flood(repeated(bytes(DATA, 0, stream, new byte[16_000]), 4000));

    assertEquals(FLOW_CONTROL_ERROR, client.goAwayOrResetOf(stream));
    release.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Who asks and does not read is cut off, stream by stream, and so are the calls (C36). */
  @Test
  void answersThatAreNotReadAreGivenUp() throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
    try (Http2Client slow = Http2Client.to(gateway.api(), "", 0)) {
      List<Integer> streams = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        streams.add(slow.open(true, get()));
      }
      for (int stream : streams) {
        assertEquals(Http2Client.CANCEL, slow.resetOf(stream), "contract C36");
      }
      upstream.reset();
      int last = slow.open(true, get());
      slow.giveWindow(last, 1000);
      assertEquals("ok", slow.answer(last).text(), "the connection goes on");
    }
  }

  /** What a client does not read is not fetched from the microservice either (C33). */
  @Test
  void answersThatAreNotReadAreNotHeld() throws IOException {
    AtomicInteger sent = new AtomicInteger();
    byte[] piece = new byte[1024 * 1024];
    upstream.answers(
        (_, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + 256 * piece.length + "\r\n\r\n");
          while (sent.get() < 256) {
            connection.send(piece);
            sent.incrementAndGet();
          }
        });
    try (Http2Client slow = Http2Client.to(gateway.api(), "", 0)) {
      assertEquals(Http2Client.CANCEL, slow.resetOf(slow.open(true, get())));
    }
    // Sockets hold some.
    assertTrue(sent.get() < 64, sent + " MiB");
  }

  /** Heads have no window: so a client that reads none of them is not read itself. */
  @Test
  void whoReadsNothingIsNotReadEither() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<Field> head = List.of(new Field(":status", "200"), new Field("x", "v".repeat(10_000)));
    Http2Codec codec =
        new Http2Codec(
            new Http2Limits(MAX_STREAMS, 20_000),
            stream -> {
              asked.incrementAndGet();
              try {
                stream.sendHead(head, true);
              } catch (StreamEndedException e) {
                throw new AssertionError(e);
              }
            });
    codec.receive("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    codec.receive(bytes(SETTINGS, 0, 0, NOTHING));
    byte[] request = Http2Client.block(request("GET", "/"));
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 500; i++) {
                      codec.receive(bytes(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, request));
                    }
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    while (reader.getState() != Thread.State.WAITING && reader.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertTrue(asked.get() < 100, asked + " answers wait");

    Thread.ofVirtual()
        .start(
            () -> {
              try {
                byte[] taken = new byte[16 * 1024];
                while (codec.take(taken) >= 0) {
                  // as a client that reads
                }
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertTrue(reader.join(Duration.ofSeconds(60)));
    codec.finish();
    assertEquals(500, asked.get());
  }

  @Test
  void requestsThatDoNotEndAreRefusedAndMakeRoom() throws IOException {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < MAX_STREAMS; i++) {
      open.add(client.open(false, post()));
    }
    int beyond = client.open(true, get());
    assertEquals(Http2Client.REFUSED_STREAM, client.resetOf(beyond));
    for (int stream : open) {
      assertEquals(408, client.answer(stream).status(), "contract C36");
    }
    for (int stream : open) {
      assertEquals(Http2Client.NO_ERROR, client.resetOf(stream));
    }
    assertEquals(200, client.exchange(get()).status());
  }

  @Test
  void aConnectionWithoutARequestEndsWhateverElseComes() throws Exception {
    long begun = System.nanoTime();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  client.frame(PING, 0, 0, new byte[8]);
                  TimeUnit.MILLISECONDS.sleep(100);
                }
              } catch (IOException | InterruptedException e) {
                // it has ended
              }
            });

    assertEquals(0, client.goAway());
    assertTrue(System.nanoTime() - begun >= TimeUnit.SECONDS.toNanos(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1\r\nHost: test\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"})
  void whatIsNoHttp2EndsTheConnection(String text) throws Exception {
    try (RawClient raw =
        RawClient.over(Http2Client.handshake(TestCertificate.plain(gateway.api()), "", "h2"))) {
      raw.send(text.getBytes(StandardCharsets.US_ASCII));
      while (!raw.ended()) {
        // SETTINGS and GOAWAY
      }
    }
  }
}
