package dev.kinto.gateway;

import static dev.kinto.gateway.Http2Client.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.Http2Client.Frame;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Large bodies share a connection, each at its own pace (contract C33; RFC 9113, section 5.2). */
class Http2TransferTest {
  private static final int WINDOW = 64 * 1024 - 1;
  private static final int MIB = 1024 * 1024;
  private static final int DOWNLOAD = 100 * MIB;
  private static final int UPLOAD = 50 * MIB;

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("m").route("GET /{rest*}").route("POST /{rest*}").build(),
                      upstream.uri())
                  .http2());

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    try (Http2Client client = Http2Client.to(gateway.api())) {
      token = client.token();
    }
  }

  private static byte[] pattern(int seed) {
    byte[] pattern = new byte[MIB];
    new Random(seed).nextBytes(pattern);
    return pattern;
  }

  private static long crc(int seed, int length) {
    CRC32 crc = new CRC32();
    byte[] pattern = pattern(seed);
    for (int sent = 0; sent < length; sent += MIB) {
      crc.update(pattern);
    }
    return crc.getValue();
  }

  @Test
  void eightDownloadsAtOnceArriveWhole() throws IOException {
    upstream.answers(
        (request, connection) -> {
          byte[] pattern = pattern(request.target().charAt(1));
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + DOWNLOAD + "\r\n\r\n");
          for (int sent = 0; sent < DOWNLOAD; sent += MIB) {
            connection.send(pattern);
          }
        });
    Map<Integer, Integer> names = new LinkedHashMap<>();
    Map<Integer, CRC32> sums = new HashMap<>();
    Map<Integer, Long> lengths = new HashMap<>();
    try (Http2Client client = Http2Client.to(gateway.api(), "", WINDOW)) {
      for (int name = 'a'; name < 'a' + 8; name++) {
        int stream = client.open(true, with("GET", "/m/" + (char) name));
        names.put(stream, name);
        sums.put(stream, new CRC32());
        lengths.put(stream, 0L);
      }
      for (int ended = 0; ended < 8; ) {
        Frame frame = client.read();
        assertTrue(frame.type() != Http2Client.RST_STREAM, "stream " + frame.stream());
        assertTrue(frame.type() != Http2Client.GOAWAY, "the connection goes on");
        int length = frame.payload().length;
        if (frame.type() == Http2Client.DATA && length > 0) {
          sums.get(frame.stream()).update(frame.payload());
          lengths.merge(frame.stream(), (long) length, Long::sum);
          client.giveWindow(0, length);
          if (!frame.endsStream()) {
            client.giveWindow(frame.stream(), length);
          }
        }
        ended += frame.endsStream() ? 1 : 0;
      }
    }
    names.forEach(
        (stream, name) -> {
          assertEquals(DOWNLOAD, lengths.get(stream));
          assertEquals(crc(name, DOWNLOAD), sums.get(stream).getValue());
        });
  }

  /** A microservice that does not read holds up its own upload only. */
  @Test
  void uploadsGoAtTheirOwnPace() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstream.onHead(
        (request, _) -> {
          if (request.target().equals("/slow")) {
            try {
              release.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        });
    try (Http2Client client = Http2Client.to(gateway.api())) {
      Sender sender = new Sender(client);
      int slow = client.open(false, with("POST", "/m/slow"));
      int fast = client.open(false, with("POST", "/m/fast"));
      byte[] pattern = pattern(1);
      long slowSent = sender.sendWhatFits(slow, pattern);
      for (int sent = 0; sent < UPLOAD; sent += MIB) {
        sender.send(fast, pattern, sent + MIB == UPLOAD);
        slowSent += sender.sendWhatFits(slow, pattern);
      }
      assertEquals(200, client.answer(fast).status());
      assertEquals(crc(1, UPLOAD), upstream.take().bodyCrc());
      assertTrue(slowSent < UPLOAD, "what nobody reads is not held: " + slowSent);
      release.countDown();
      client.data(slow, true, "");
      assertEquals(200, client.answer(slow).status());
      assertEquals(slowSent, upstream.take().bodyLength());
    }
  }

  private static String[] with(String method, String path) {
    return request(method, path, "kinto-authorization", "Bearer " + token);
  }

  /** Sends within the windows that it is given. */
  private static final class Sender {
    private static final int FIRST_STREAM_WINDOW = 128 * 1024;

    private final Http2Client client;
    private final Map<Integer, Long> windows = new HashMap<>(Map.of(0, 65_535L));

    Sender(Http2Client client) throws IOException {
      this.client = client;
      // The first frames say how large the windows are.
      await(0, 1024 * 1024);
    }

    private void await(int stream, long least) throws IOException {
      while (windows.getOrDefault(stream, 0L) < least) {
        Frame frame = client.read();
        if (frame.type() == Http2Client.WINDOW_UPDATE) {
          windows.merge(frame.stream(), (long) frame.number(), Long::sum);
        }
      }
    }

    private void spend(int stream, long bytes) {
      windows.merge(0, -bytes, Long::sum);
      windows.merge(stream, -bytes, Long::sum);
    }

    void send(int stream, byte[] bytes, boolean last) throws IOException {
      windows.putIfAbsent(stream, (long) FIRST_STREAM_WINDOW);
      for (int at = 0; at < bytes.length; at += 16 * 1024) {
        await(stream, 16 * 1024);
        await(0, 16 * 1024);
        spend(stream, 16 * 1024);
        client.frame(
            Http2Client.DATA,
            last && at + 16 * 1024 == bytes.length ? Http2Client.END_STREAM : 0,
            stream,
            Arrays.copyOfRange(bytes, at, at + 16 * 1024));
      }
    }

    long sendWhatFits(int stream, byte[] bytes) throws IOException {
      windows.putIfAbsent(stream, (long) FIRST_STREAM_WINDOW);
      long sent = 0;
      while (windows.get(stream) >= 16 * 1024 && windows.get(0) >= 16 * 1024) {
        spend(stream, 16 * 1024);
        client.frame(Http2Client.DATA, 0, stream, Arrays.copyOf(bytes, 16 * 1024));
        sent += 16 * 1024;
      }
      return sent;
    }
  }
}
