package dev.kinto.gateway;

import static dev.kinto.gateway.Http2Client.request;
import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 keeps the promises that HTTP/1.1 keeps (contract C33, C35; RFC 9113, section 8). */
class Http2Test {
  private static final String PAGE = "https://page.example";

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
                  .set("clientLimits.maxBodySize", "1 MiB")
                  .client("page", "secret-of-page")
                  .clientKey("allowedOrigins", List.of(PAGE)));

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

  private static String[] get(String path, String... more) {
    return authorized("GET", path, more);
  }

  private static String[] authorized(String method, String path, String... more) {
    String[] all = request(method, path, "kinto-authorization", "Bearer " + token);
    String[] joined = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, joined, all.length, more.length);
    return joined;
  }

  @Test
  void aRequestAndItsAnswerPass() throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nX-Answer: 1\r\nConnection: x-hop\r\nX-Hop: 1\r\n"
            + "Content-Length: 2\r\n\r\nok");

    RawAnswer answer =
        client.exchange(get("/m/a/b?c=%20", "x-asked", "1", "te", "trailers", "x-last", "2"));

    assertEquals(200, answer.status());
    assertEquals("ok", answer.text());
    assertEquals(Optional.of("2"), answer.header("content-length"));
    assertEquals(Optional.of("1"), answer.header("x-answer"));
    assertEquals(Optional.empty(), answer.header("x-hop"), "contract C35");
    RawRequest heard = upstream.take();
    assertEquals("GET /a/b?c=%20 HTTP/1.1", heard.line());
    assertEquals(Optional.of("1"), heard.header("x-asked"));
    assertEquals(Optional.empty(), heard.header("te"), "nobody wants trailers");
    assertEquals(Optional.of("test"), heard.header("x-forwarded-host"));
    assertEquals(Optional.of("https"), heard.header("x-forwarded-proto"));
  }

  @Test
  void bytesOutsideOfAsciiPassBothWays() throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nX-Back: a\u00e9\u00ff\r\nContent-Length: 0\r\n\r\n");

    RawAnswer answer = client.exchange(get("/m/x", "x-there", "\u00e9\u0080b"));

    assertEquals(Optional.of("a\u00e9\u00ff"), answer.header("x-back"), "contract C33");
    assertEquals(Optional.of("\u00e9\u0080b"), upstream.take().header("x-there"));
  }

  @Test
  void cookiesAreJoinedForTheMicroservice() throws IOException {
    client.exchange(get("/m/x", "cookie", "a=1", "x-between", "1", "cookie", "b=2"));

    assertEquals(Optional.of("a=1; b=2"), upstream.take().header("cookie"), "RFC 9113, 8.2.3");
  }

  /** What is wrong with one request is told it alone; others of its connection go on. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        ":method POST | :scheme https | :authority test | -",
        ":method GET | :scheme https | - | :path /m/x",
        ":method GET | - | :authority test | :path /m/x",
        "- | :scheme https | :authority test | :path /m/x",
        ":method GET | :scheme http | :authority test | :path /m/x",
        ":method GET | :scheme https | :authority te/st | :path /m/x",
        ":method GET | :scheme https | :authority a@test | :path /m/x",
        ":method G(T | :scheme https | :authority test | :path /m/x",
        ":method GET | :scheme https | :authority test | :path m/x",
        ":method GET | :scheme https | :authority test | :path https://test/m/x",
        ":method GET | :scheme https | :authority test | :path /m/a b",
        ":method GET | :scheme https | :authority test | :path /m/a\u00e9",
        ":method GET | :scheme https | :authority test | :path /m/%2e%2e/x",
      })
  void aRequestWithoutItsPartsIsRefusedAlone(String first, String second, String third, String last)
      throws IOException {
    assertRefused(
        Stream.of(first, second, third, last)
            .filter(Objects::nonNull)
            .flatMap(part -> Stream.of(part.split(" ", 2)))
            .toArray(String[]::new));
  }

  /** RFC 9113, section 8.3: before all others they are as bad as behind. */
  @ParameterizedTest
  @CsvSource({
    ":status, 200",
    ":protocol, websocket",
    ":unknown, 1",
    ":Path, /m/x",
    ":path, /m/x",
    ":path, /m/y",
    ":method, GET",
    ":authority, test",
    ":scheme, https",
  })
  void aPseudoHeaderFieldThatNoRequestHasIsRefusedAlone(String name, String value)
      throws IOException {
    List<String> fields = new ArrayList<>(List.of(get("/m/x")));
    fields.addAll(8, List.of(name, value));
    assertRefused(fields.toArray(String[]::new));
  }

  static Stream<List<String>> badFields() {
    return Stream.of(
        List.of(":path", "/m/x"),
        List.of(":status", "200"),
        List.of(":protocol", "websocket"),
        List.of(":unknown", "1"),
        List.of("x-first", "1", ":path", "/m/x"),
        List.of("X-Upper", "1"),
        List.of("", "1"),
        List.of("x y", "1"),
        List.of("x:y", "1"),
        List.of("x\u00e9", "1"),
        List.of("x\0", "1"),
        List.of("x", "a\0b"),
        List.of("x", "a\rb"),
        List.of("x", "a\nauth-userid: 1"),
        List.of("x", "a\u007fb"),
        List.of("x", " a"),
        List.of("x", "a\t"),
        List.of("connection", "close"),
        List.of("proxy-connection", "keep-alive"),
        List.of("keep-alive", "timeout=5"),
        List.of("transfer-encoding", "chunked"),
        List.of("upgrade", "websocket"),
        List.of("te", "gzip"),
        List.of("te", "trailers, deflate"),
        List.of("host", "other"),
        List.of("host", "test", "host", "test"),
        List.of("content-length", "1"),
        List.of("content-length", "+0"),
        List.of("content-length", "0", "content-length", "0"),
        List.of("content-length", "0, 0"),
        List.of("expect", "200-ok"));
  }

  @ParameterizedTest
  @MethodSource("badFields")
  void aRequestWithABadFieldIsRefusedAlone(List<String> fields) throws IOException {
    assertRefused(get("/m/x", fields.toArray(String[]::new)));
  }

  private void assertRefused(String... fields) throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          await(release);
          connection.send(RawUpstream.OK);
        });
    int other = client.open(true, get("/m/other"));
    upstream.take();

    RawAnswer answer = client.exchange(fields);

    assertEquals(400, answer.status(), "contract C35: " + answer);
    assertEquals("request-invalid", answer.code());
    release.countDown();
    assertEquals("ok", client.answer(other).text(), "the other stream goes on");
    assertTrue(upstream.received().isEmpty(), "no microservice is called");
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody went on");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void hostMayBeSentBesideTheAuthorityOrInItsPlace() throws IOException {
    assertEquals(200, client.exchange(get("/m/x", "host", "test")).status());
    assertEquals(
        200,
        client
            .exchange(
                ":method",
                "GET",
                ":scheme",
                "https",
                ":path",
                "/m/x",
                "host",
                "test",
                "kinto-authorization",
                "Bearer " + token)
            .status());
  }

  @Test
  void methodsAreWhatWasSent() throws IOException {
    assertEquals(405, client.exchange(authorized("get", "/m/x")).status(), "contract C21");
    assertEquals(405, client.exchange(":method", "CONNECT", ":authority", "test:443").status());
    assertEquals(405, client.exchange(authorized("TRACE", "/m/x")).status());
    RawAnswer connect = client.exchange(authorized("CONNECT", "/m/x"));
    assertEquals(400, connect.status(), "RFC 9113, section 8.5");
  }

  @Test
  void targetsAndHeadsHaveTheSameLimits() throws IOException {
    assertEquals(414, client.exchange(get("/m/" + "a".repeat(8192))).status(), "contract C36");
    assertEquals(200, client.exchange(get("/m/" + "a".repeat(8100))).status());
    assertEquals(431, client.exchange(get("/m/x", "x", "a".repeat(16_384))).status());
    assertEquals(200, client.exchange(get("/m/x", "x", "a".repeat(16_000))).status());
    assertEquals(431, client.exchange(get("/m/x", "x", "a".repeat(29_000))).status());
    int stream = client.open(true, get("/m/x", "x", "a".repeat(60_000)));
    RawAnswer answer = client.answer(stream);
    assertEquals(431, answer.status());
    assertEquals("headers-too-large", answer.code());
  }

  @Test
  void refusalsOfHeadsCanBeReadByAllowedPages() throws IOException {
    for (String[] refused :
        List.of(
            get("/m/" + "a".repeat(8192), "origin", PAGE),
            get("/m/x", "origin", PAGE, "x", "a".repeat(30_000)),
            get("/m/x", "origin", PAGE, "te", "gzip"))) {
      RawAnswer answer = client.exchange(refused);
      assertTrue(List.of(400, 414, 431).contains(answer.status()), answer.toString());
      assertEquals(List.of(PAGE), answer.all("access-control-allow-origin"), "contract C43");
    }
  }

  @Test
  void bodiesPass() throws IOException {
    int counted = client.open(false, authorized("POST", "/m/x", "content-length", "5"));
    client.data(counted, false, "he");
    client.data(counted, true, "llo");
    assertEquals(200, client.answer(counted).status());
    RawRequest first = upstream.take();
    assertEquals("hello", first.text());
    assertEquals(Optional.of("5"), first.header("content-length"));

    int uncounted = client.open(false, authorized("POST", "/m/x"));
    client.data(uncounted, false, "hello");
    client.frame(
        Http2Client.HEADERS,
        Http2Client.END_HEADERS | Http2Client.END_STREAM,
        uncounted,
        Http2Client.block("auth-userid", "666"));
    assertEquals(200, client.answer(uncounted).status());
    RawRequest second = upstream.take();
    assertEquals("hello", second.text());
    assertTrue(second.complete());
    assertEquals(List.of(), second.folded("auth-userid"), "trailers are dropped");
  }

  /** Neither a part nor more than was announced is ever taken for the whole (RFC 9113, 8.1.1). */
  @ParameterizedTest
  @CsvSource({"5, abcd", "5, abcdef"})
  void bodyHasTheLengthThatWasAnnounced(String length, String body) throws IOException {
    int stream = client.open(false, authorized("POST", "/m/x", "content-length", length));
    client.data(stream, true, body);

    assertEquals(400, client.answer(stream).status());
    assertTrue(
        upstream.received().stream().noneMatch(RawRequest::complete), "no whole request arrives");
  }

  @Test
  void expectationIsMetWhenTheBodyIsWanted() throws IOException {
    int stream = client.open(false, authorized("POST", "/m/x", "expect", "100-continue"));

    assertEquals(List.of(":status: 100"), client.read(stream).fields());
    client.data(stream, true, "body");
    assertEquals(200, client.answer(stream).status());
    assertEquals("body", upstream.take().text());
  }

  @Test
  void anEarlyAnswerEndsTheStreamOfTheBody() throws IOException {
    int stream =
        client.open(
            false, request("POST", "/m/x", "content-length", "100000", "expect", "100-continue"));

    assertEquals(401, client.answer(stream).status());
    assertEquals(Http2Client.NO_ERROR, client.resetOf(stream), "RFC 9113, section 8.1");
    assertEquals(200, client.exchange(get("/m/x")).status());
  }

  /** Nobody waits for long for what nobody wants (C35). */
  @Test
  void theRestOfAnUnwantedBodyIsNotWaitedFor() throws IOException {
    int stream = client.open(false, request("POST", "/m/x"));

    assertEquals(401, client.answer(stream).status());
    assertEquals(Http2Client.NO_ERROR, client.resetOf(stream));
    assertEquals(200, client.exchange(get("/m/x")).status());
  }

  @Test
  void bodiesHaveTheirGreatestSize() throws IOException {
    int announced = client.open(false, authorized("POST", "/m/x", "content-length", "1048577"));
    assertEquals(413, client.answer(announced).status(), "contract C36");
  }

  @Test
  void bodiesOfUnknownLengthHaveTheirGreatestSize(@TempDir Path own) throws Exception {
    try (TestGateway small =
            TestGateway.in(own)
                .over(Protocol.HTTP_2)
                .service(TestManifest.of("m").route("POST /x").build(), upstream.uri())
                .set("clientLimits.maxBodySize", 1000)
                .start();
        Http2Client uploading = Http2Client.to(small.api())) {
      String[] upload = request("POST", "/m/x", "kinto-authorization", "Bearer " + small.token());
      int largest = uploading.open(false, upload);
      uploading.data(largest, false, "a".repeat(999));
      uploading.data(largest, true, "b");
      assertEquals(200, uploading.answer(largest).status());
      assertEquals(1000, upstream.take().bodyLength());

      int larger = uploading.open(false, upload);
      uploading.data(larger, false, "a".repeat(1000));
      uploading.data(larger, true, "b");
      RawAnswer refused = uploading.answer(larger);
      assertEquals(413, refused.status(), "contract C36");
      assertEquals("body-too-large", refused.code());
      assertTrue(upstream.received().stream().noneMatch(RawRequest::complete), "no whole request");
    }
  }

  @ParameterizedTest
  @CsvSource({"204, ''", "304, ''", "304, 'Content-Length: 7'"})
  void answersWithoutBodyHaveNone(int status, String length) throws IOException {
    String line = length.isEmpty() ? "" : length + "\r\n";
    upstream.answers("HTTP/1.1 " + status + " x\r\nETag: \"1\"\r\n" + line + "\r\n");

    RawAnswer answer = client.exchange(get("/m/x"));

    assertEquals(status, answer.status());
    assertEquals(0, answer.body().length);
    assertEquals(Optional.of("\"1\""), answer.header("etag"));
    assertEquals(
        length.isEmpty() ? Optional.empty() : Optional.of("7"), answer.header("content-length"));
  }

  @Test
  void headHasTheLengthAndNoBody() throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");

    RawAnswer answer = client.exchange(authorized("HEAD", "/m/x"));

    assertEquals(Optional.of("7"), answer.header("content-length"));
    assertEquals(0, answer.body().length);

    RawAnswer refused = client.exchange(authorized("HEAD", "/nobody/x"));
    assertEquals(404, refused.status());
    assertTrue(Integer.parseInt(refused.header("content-length").orElseThrow()) > 0);
    assertEquals(0, refused.body().length, "RFC 9110, section 9.3.2");
  }

  @Test
  void headOfAStreamComesBeforeItsFirstByte() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          connection.send(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n");
          await(release);
          connection.send("8\r\ndata: 1\n\r\n0\r\n\r\n");
        });
    int stream = client.open(true, get("/m/x"));

    Http2Client.Frame head = client.read(stream);
    assertEquals(":status: 200", head.fields().getFirst(), "contract C33");
    assertFalse(head.endsStream());
    release.countDown();
    assertEquals("data: 1\n", new String(client.read(stream).payload()));
  }

  @Test
  void aBrokenAnswerIsNeverTakenForAWholeOne() throws IOException {
    upstream.answers(
        (_, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
          connection.close();
        });
    int stream = client.open(true, get("/m/x"));

    assertEquals(Http2Client.INTERNAL_ERROR, client.resetOf(stream), "contract C33");
    upstream.reset();
    assertEquals(200, client.exchange(get("/m/x")).status());
  }

  @Test
  void aStreamThatIsResetEndsItsCallAndNoOther() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    upstream.answers(
        (request, connection) -> {
          if (request.target().equals("/given-up")) {
            connection.awaitEnd();
            cut.countDown();
          } else {
            connection.send(RawUpstream.OK);
          }
        });
    int stream = client.open(true, get("/m/given-up"));
    upstream.take();

    client.reset(stream);

    assertTrue(cut.await(30, TimeUnit.SECONDS), "contract C33: the microservice's call ends");
    assertEquals(200, client.exchange(get("/m/x")).status());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUploadThatIsResetIsBrokenOff(boolean announced) throws IOException {
    CountDownLatch begun = new CountDownLatch(1);
    upstream.onHead((_, _) -> begun.countDown());
    String[] length = announced ? new String[] {"content-length", "10"} : new String[0];
    int stream = client.open(false, authorized("POST", "/m/x", length));
    client.data(stream, false, "half");
    await(begun);
    client.reset(stream);

    assertEquals(200, client.exchange(get("/m/x")).status());
    RawRequest heard = upstream.take();
    heard = heard.method().equals("GET") ? upstream.take() : heard;
    assertFalse(heard.complete(), "contract C33: " + heard);
  }

  @Test
  void largeHeadsOfAnswersPass() throws IOException {
    String value = "v".repeat(7000);
    upstream.answers(
        ("HTTP/1.1 200 OK\r\nX-A: %s\r\nX-B: %s\r\nX-C: %s\r\nContent-Length: 0\r\n\r\n")
            .formatted(value, value, value));

    RawAnswer answer = client.exchange(get("/m/x"));

    assertEquals(Optional.of(value), answer.header("x-c"));
  }

  @Test
  void clientsMayStillChooseHttp11() throws Exception {
    for (String[] offered : new String[][] {{}, {"http/1.1"}}) {
      try (RawClient http1 =
          RawClient.over(
              Http2Client.handshake(TestCertificate.plain(gateway.api()), "", offered))) {
        RawAnswer answer = http1.exchange(RequestText.request("GET /m/x", bearer(token)));
        assertEquals(200, answer.status());
      }
    }
  }

  /** Without TLS there is none, nor where the listener does not offer it. */
  @Test
  void nobodyElseSpeaksIt() throws Exception {
    try (RawClient plain = RawClient.to(gateway.publicApi())) {
      plain.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertEquals(505, plain.read().status());
    }
    assertEquals(
        "h2",
        Http2Client.handshake(TestCertificate.plain(gateway.api()), "", "http/1.1x", "h2")
            .getApplicationProtocol());
  }

  @Test
  void javasOwnClientIsServed() throws Exception {
    try (HttpClient java =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(TestCertificate.anyCertificate())
            .build()) {
      URI address = URI.create("https://localhost:" + gateway.api().getPort() + "/m/x");
      byte[] upload = new byte[900_000];
      HttpResponse<byte[]> answer =
          java.send(
              HttpRequest.newBuilder(address)
                  .header("Kinto-Authorization", "Bearer " + token)
                  .POST(BodyPublishers.ofByteArray(upload))
                  .build(),
              BodyHandlers.ofByteArray());
      assertEquals(HttpClient.Version.HTTP_2, answer.version());
      assertEquals(200, answer.statusCode());
      assertArrayEquals("ok".getBytes(), answer.body());
      assertEquals(upload.length, upstream.take().bodyLength());
    }
  }
}
