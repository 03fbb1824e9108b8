package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The known shapes of request and answer smuggling: no request is hidden in another one, and no
 * answer in another one (contract C35).
 */
class SmugglingTest {
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

  /** What stands between the request line with Host and the hidden request. */
  static Stream<String> shapes() {
    String te = "Transfer-Encoding: chunked\r\n";
    String cl = "Content-Length: 6\r\n";
    return Stream.of(
        // CL.TE and TE.CL, in both orders
        cl + te + "\r\n0\r\n\r\n",
        te + cl + "\r\n0\r\n\r\n",
        "Content-Length: 4\r\n" + te + "\r\n1\r\nZ\r\n0\r\n\r\n",
        // TE.TE: one of the two is hidden from one of the readers
        te + "Transfer-Encoding: x\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: x\r\n" + te + "\r\n0\r\n\r\n",
        te + "Transfer-encoding: identity\r\n\r\n0\r\n\r\n",
        cl + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        cl + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        cl + "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n",
        cl + " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        cl + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        cl + "X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        cl + "X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        cl + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
        cl + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        cl + "Transfer-Encoding: chunked\u0000\r\n\r\n0\r\n\r\n",
        cl + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        cl + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        cl + "Transfer\u00ad-Encoding: chunked\r\n\r\n0\r\n\r\n",
        cl + "\u0000Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        // CL.CL and numbers that some read otherwise
        "Content-Length: 0\r\nContent-Length: 6\r\n\r\n",
        "Content-Length: 6\r\nContent-Length: 0\r\n\r\n",
        "Content-Length: 0, 6\r\n\r\n",
        "Content-Length: +0\r\n\r\n",
        "Content-Length: -0\r\n\r\n",
        "Content-Length: 0x6\r\n\r\n",
        "Content-Length: 0 6\r\n\r\n",
        "Content-Length:\r\n 6\r\n\r\n",
        "Content-Length : 0\r\n\r\n",
        "Content-Length: 18446744073709551616\r\n\r\n",
        // chunks
        te + "\r\n0;\r\nX\r\n\r\n",
        te + "\r\n+0\r\n\r\n",
        te + "\r\n0x0\r\n\r\n",
        te + "\r\n0 \r\n\r\n",
        te + "\r\n00000000000000000\r\n\r\n",
        te + "\r\n0\n\r\n",
        te + "\r\n0\r\n\n",
        te + "\r\n0;a\n\r\n\r\n",
        te + "\r\n2;a=b\nab\r\n0\r\n\r\n",
        te + "\r\n1\r\nab\r\n0\r\n\r\n",
        te + "\r\n1\r\naXX0\r\n\r\n",
        te + "\r\n1\r\na0\r\n\r\n",
        te + "\r\n100000000000000000\r\n\r\n",
        te + "\r\n0\r\nX: y\n\r\n",
        // lines
        "X: y\r\n\n",
        "X: y\n\n",
        "X: y\r\r",
        ": y\r\n\r\n",
        "X y\r\n\r\n",
        "Host: other\r\n\r\n",
        // an expectation that is not met
        "Expect: 100-continue\r\n" + cl + "\r\n",
        "Expect: 100-continue\r\n" + te + "\r\n",
        "Expect: x\r\n" + cl + "\r\n");
  }

  /**
   * Each shape is sent without a token, to a route, and to the gateway's own address; whatever
   * becomes of it, the request behind it is never answered and reaches no microservice.
   */
  @ParameterizedTest
  @MethodSource("shapes")
  void requestBehindAnAmbiguousOneIsNoRequest(String shape) throws IOException {
    String hidden = request("GET /m/x?hidden", bearer(token));
    for (String line : List.of("POST /m/x", "GET /m/x", "POST /auth", "POST /nobody/x")) {
      try (RawClient client = gateway.connect()) {
        client.send(line + " HTTP/1.1\r\nHost: h\r\n" + shape + hidden);
        RawAnswer answer = client.read();
        assertTrue(
            answer.status() >= 400 || shape.startsWith("Transfer-Encoding: chunked\r\n\r\n0;\r\nX"),
            answer.toString());
        assertTrue(client.ended(), "the connection ends: " + answer);
      }
      assertTrue(
          upstream.received().stream().noneMatch(each -> each.line().contains("hidden")),
          "no upstream sees it");
    }
  }

  /** The same behind a request with a good token whose body does not end where it seems to. */
  @ParameterizedTest
  @MethodSource("shapes")
  void noUpstreamReadsARequestOutOfABody(String shape) throws IOException {
    String hidden = "GET /x?hidden HTTP/1.1\r\nHost: h\r\n\r\n";
    try (RawClient client = gateway.connect()) {
      client.send(
          "POST /m/x HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer "
              + token
              + "\r\n"
              + shape
              + hidden);
      try {
        RawAnswer answer = client.read();
        while (answer.status() < 400) {
          answer = client.read(); // what stands behind it lacks a token
        }
      } catch (EOFException | SocketException e) {
        // Closed is well too.
      }
    }
    assertTrue(
        upstream.received().stream().noneMatch(each -> each.line().contains("hidden")),
        upstream.received().toString());
  }

  @Test
  void answersOfPipelinedRequestsAreNeverMixed() throws IOException {
    upstream.answers(
        (request, connection) ->
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Length: "
                    + request.target().length()
                    + "\r\n\r\n"
                    + request.target()));
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests.append(get("/m/x?" + i));
    }
    try (RawClient client = gateway.connect()) {
      client.send(requests.toString());
      for (int i = 0; i < 50; i++) {
        assertEquals("/x?" + i, client.read().text());
      }
    }
  }

  /** Each answer is followed by the next request's, which must be the upstream's second one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // more than was announced
        "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "okHTTP/1.1 200 OK\r\n"
            + "Content-Length: 4\r\n\r\n"
            + "evil",
        "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 0\r\n\r\n"
            + "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 4\r\n\r\n"
            + "evil",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n",
        // two framings, two lengths
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 4\r\n\r\nevil",
        // headers in headers
        "HTTP/1.1 200 OK\r\nX: y\rKinto-Token: evil\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: y\u0000\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: y\r\nContent-Length: 0\r\n\r\n",
        // junk before the answer
        "junk\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
        "\u0000\u0000HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
        // answers that nobody asked for
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nevil",
        "HTTP/1.1 100 Continue\r\nContent-Length: 4\r\n\r\nevil\r\n\r\n"
      })
  void hostileAnswerHarmsNoOtherRequest(String hostile) throws IOException {
    upstream.answers((_, connection) -> connection.send(hostile));
    try (RawClient client = gateway.connect()) {
      RawAnswer first = client.exchange(get("/m/x"));
      assertFalse(first.toString().contains("evil"), first.toString());

      upstream.reset();
      upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood");
      for (int i = 0; i < 3; i++) {
        assertEquals("good", client.exchange(get("/m/x")).text());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",
        "X: y\r\n",
        "X-Long-Header-Line-That-Never-Ends"
      })
  void endlessAnswerHeadIs502(String piece) throws IOException {
    byte[] much = piece.repeat(1 + 64 * 1024 / piece.length()).getBytes("ISO-8859-1");
    upstream.answers(
        (_, connection) -> {
          if (!piece.startsWith("HTTP")) {
            connection.send("HTTP/1.1 200 OK\r\n");
          }
          for (int sent = 0; sent < 10 * 1024 * 1024; sent += much.length) {
            connection.send(much); // 10 MiB, or until the gateway has enough
          }
        });
    try (RawClient client = gateway.connect()) {
      RawAnswer answer = client.exchange(get("/m/x"));

      assertEquals(502, answer.status(), answer.toString());
      assertEquals("upstream-invalid-response", answer.code());
      upstream.reset();
      assertEquals(200, client.exchange(get("/m/x")).status(), "the client's connection stays");
    }
  }

  private static String get(String target) {
    return request("GET " + target, bearer(token));
  }
}
