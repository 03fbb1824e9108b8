package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come before their request has ended are whole, and are read (contract C33, C35). */
class EarlyAnswerTest {
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final int MIB = 1024 * 1024;
  private static final int MANY_TIMES = 150;

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("m")
                          .route("GET /x")
                          .route("DELETE /x")
                          .route("POST /x")
                          .build(),
                      upstream.uri())
                  .publicRoutes("all")
                  .http2());

  private static final RawUpstream upstream = gateway.upstream();

  /** Clients, and what they speak. */
  private enum Connection {
    PLAIN,
    TLS;

    RawClient open() throws Exception {
      return this == PLAIN
          ? gateway.connectPublic()
          : RawClient.over(Http2Client.handshake(TestCertificate.plain(gateway.api()), ""));
    }

    /** What is refused with 401 or 404, whatever its body. */
    String refused() {
      return this == PLAIN ? "POST /nobody/m/x" : "POST /m/x";
    }
  }

  /** Nothing comes when the body was read: that would be the answer to the next request. */
  private static void answersAtOnce(String answer) {
    upstream.onHead((_, connection) -> connection.send(CONTINUE + answer));
    upstream.answers((_, _) -> {});
  }

  /** 100 and the final answer come at once; they are written one behind the other. */
  @Test
  void twoAnswersThatComeAtOnceAreWrittenOneBehindTheOther() throws Exception {
    String ok = RawUpstream.OK.replace("ok", "x".repeat(300)).replace(": 2", ": 300");
    answersAtOnce(ok);
    for (int i = 0; i < MANY_TIMES; i++) {
      try (RawClient client = gateway.connectPublic()) {
        client.send(
            "POST /demo-web/m/x HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");

        assertEquals(100, client.read().status());
        RawAnswer answer = client.read();
        assertEquals(200, answer.status(), answer.head());
        assertEquals("x".repeat(300), answer.text());
        assertTrue(client.ended(), "nothing comes behind the answer");
      }
    }
  }

  @Test
  void overHttp2TheyAreOrderedToo() throws Exception {
    answersAtOnce(RawUpstream.OK);
    try (Http2Client client = Http2Client.to(gateway.api())) {
      String bearer = "Bearer " + client.token();
      for (int i = 0; i < MANY_TIMES; i++) {
        int stream =
            client.open(
                false,
                Http2Client.request(
                    "POST", "/m/x", "expect", "100-continue", "kinto-authorization", bearer));

        assertEquals(List.of(":status: 100"), client.read(stream).fields());
        assertEquals(200, client.answer(stream).status());
        client.reset(stream);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void clientsThatReadOnlyWhenAllIsSentSeeTheRefusal(Connection connection) throws Exception {
    for (boolean chunked : List.of(false, true)) {
      try (RawClient client = connection.open()) {
        client.send(
            connection.refused()
                + " HTTP/1.1\r\nHost: test\r\n"
                + (chunked
                    ? "Transfer-Encoding: chunked\r\n\r\n800000\r\n"
                    : "Content-Length: " + 8 * MIB + "\r\n\r\n"));
        for (int i = 0; i < 8; i++) {
          client.send(new byte[MIB]);
        }
        client.send(chunked ? "\r\n0\r\n\r\n" : "");

        assertTrue(client.read().code().matches("token-missing|client-unknown"));
        assertTrue(client.ended());
      }
    }
  }

  @Test
  void clientsThatWereToldToSendSeeTheAnswerThoughTheySendOn() throws IOException {
    answersAtOnce(RawUpstream.OK);
    try (RawClient client = gateway.connectPublic()) {
      client.send(
          "POST /demo-web/m/x HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
              + ("Content-Length: " + 8 * MIB + "\r\n\r\n"));
      assertEquals(100, client.read().status());
      for (int i = 0; i < 8; i++) {
        client.send(new byte[MIB]);
      }

      assertEquals(200, client.read().status());
      assertTrue(client.ended());
    }
  }

  /** Some clients take a reset for a failure, though the answer is there. */
  @Test
  void overHttp2NoResetCutsOffWhoWasToldToSend() throws IOException {
    answersAtOnce(RawUpstream.OK);
    try (Http2Client client = Http2Client.to(gateway.api())) {
      String bearer = "Bearer " + client.token();
      int stream =
          client.open(
              false,
              Http2Client.request(
                  "POST", "/m/x", "expect", "100-continue", "kinto-authorization", bearer));
      assertEquals(List.of(":status: 100"), client.read(stream).fields());
      assertEquals(200, client.answer(stream).status());
      client.data(stream, true, "sent on");

      int next = client.open(true, Http2Client.request("GET", "/m/x"));
      for (Http2Client.Frame frame = client.read(); frame.stream() != next; frame = client.read()) {
        assertNotEquals(Http2Client.RST_STREAM, frame.type());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void javasClientSeesTheRefusalOfALargeUpload(HttpClient.Version version) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(TestCertificate.anyCertificate())
            .build()) {
      HttpRequest upload =
          HttpRequest.newBuilder(
                  URI.create("https://localhost:" + gateway.api().getPort() + "/m/x"))
              .header("Kinto-Authorization", "Bearer ended")
              .POST(BodyPublishers.ofByteArray(new byte[8 * MIB]))
              .build();

      assertEquals(401, client.send(upload, BodyHandlers.discarding()).statusCode());
    }
  }

  @Test
  void clientThatSendsSlowlyIsCutOffInTheEnd() throws Exception {
    long begun = System.nanoTime();
    try (RawClient client = gateway.connectPublic()) {
      client.send("POST /nobody/m/x HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\n");
      assertEquals(404, client.read().status());

      assertThrows(IOException.class, () -> sendByteByByte(client));
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      assertTrue(seconds >= 4, "it was cut off after " + seconds + " s");
    }
  }

  private static void sendByteByByte(RawClient client) throws Exception {
    for (int i = 0; i < 1_000_000; i++) {
      client.send("x");
      Thread.sleep(50); // a client that is slow, not one that waits for anything
    }
  }

  @Test
  void clientThatSendsVeryMuchIsCutOff() throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      client.send("POST /nobody/m/x HTTP/1.1\r\nHost: test\r\nContent-Length: 900000000\r\n\r\n");

      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 900; i++) {
              client.send(new byte[MIB]);
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  void aRequestThatEndsWithAnEmptyFrameHasNoBody(String method) throws Exception {
    try (Http2Client client = Http2Client.to(gateway.api())) {
      String[] fields =
          Http2Client.request(method, "/m/x", "kinto-authorization", "Bearer " + client.token());
      int stream = client.open(false, fields);
      client.data(stream, true, "");

      assertEquals(200, client.answer(stream).status());
      assertEquals(List.of(), upstream.take().all("transfer-encoding"));

      stream = client.open(false, fields);
      client.data(stream, false, "b");
      client.data(stream, true, "ody");

      assertEquals(200, client.answer(stream).status());
      assertEquals("body", upstream.take().text(), "a body that there is goes on");
    }
  }

  @Test
  void anEmptyChunkedBodyOfAGetIsNone() throws IOException {
    String get = "GET /demo-web/m/x HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(200, client.exchange(get + "0\r\n\r\n").status());
      assertEquals(Optional.empty(), upstream.take().header("transfer-encoding"));
      client.send(get + Integer.toHexString(100_000) + "\r\n").send(new byte[100_000]);
      assertEquals(200, client.exchange("\r\n0\r\n\r\n").status());
      assertEquals(100_000, upstream.take().bodyLength());
    }
  }
}
