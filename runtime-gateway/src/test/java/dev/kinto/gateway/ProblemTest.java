package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every answer that the gateway itself gives has one form, whoever refuses (contract C35, C36). */
class ProblemTest {
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway gateway;
  private static String token;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    RawUpstream gone = RawUpstream.start();
    gone.close();
    gateway =
        TestGateway.in(folder)
            .service(
                TestManifest.of("m")
                    .route("GET /x")
                    .route("POST /x")
                    .route("GET /needs")
                    .reads("m-field")
                    .build(),
                upstream.uri())
            .service(TestManifest.of("gone").route("GET /x").build(), gone.uri())
            .start();
    token = gateway.token();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /m/../x, 400, request-invalid",
    "GET, /m/needs, 403, session-field-required",
    "GET, /nobody/x, 404, service-unknown",
    "GET, /m/nothing, 404, route-unknown",
    "DELETE, /m/x, 405, method-not-allowed",
    "GET, /gone/x, 502, upstream-unreachable"
  })
  void whatTheGatewayRefuses(String method, String target, int status, String code)
      throws IOException {
    try (RawClient client = gateway.connect()) {
      assertProblem(client.exchange(head(method, target) + "\r\n"), status, code);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1\r\nContent-Length: 1",
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: 1, 1",
        "Content-Length: +1",
        "Content-Length: -1",
        "Content-Length: 1x",
        "Content-Length: 99999999999999999999",
        "Content-Length: 1\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, chunked",
        "X-Space : 1",
        "Content-Length : 1",
        "Transfer-Encoding : chunked",
        " X-Folded: 1",
        "X-Folded: 1\r\n 2",
        "X-Folded: 1\r\n\t2",
        "X-Bare: 1\rX: 2",
        "X-Bare: 1\nX: 2",
        "X-Nul: a\u0000b",
        "X-Ctl: a\u0001b",
        "X-Del: a\u007fb",
        ": empty",
        "X Y: 1",
        "X(Y): 1",
        "X\u00e9: 1",
        "NoColon",
        "Host: other"
      })
  void ambiguousFramingIsRefusedAndTheConnectionClosed(String line) throws IOException {
    upstream.reset();
    try (RawClient client = gateway.connect()) {
      RawAnswer answer = client.exchange(head("POST", "/m/x") + line + "\r\n\r\nx");

      assertProblem(answer, 400, "request-invalid");
      assertEquals(Optional.of("close"), answer.header("connection"));
      assertTrue(client.ended(), "the connection is closed");
      assertTrue(upstream.received().isEmpty(), "the upstream is not called");
    }
  }

  /** Each of the two would do, and both say the same: a body of five bytes, or none. */
  @ParameterizedTest
  @ValueSource(strings = {"/m/x", "/auth", "/nobody/x"})
  void twoFramingsAreRefusedAlthoughTheyAgree(String target) throws IOException {
    upstream.reset();
    String length = "Content-Length: 5\r\n";
    String chunked = "Transfer-Encoding: chunked\r\n";
    for (String both : new String[] {length + chunked, chunked + length}) {
      try (RawClient client = gateway.connect()) {
        RawAnswer answer = client.exchange(head("POST", target) + both + "\r\n0\r\n\r\n");

        assertProblem(answer, 400, "request-invalid");
        assertTrue(client.ended(), "the connection is closed");
      }
    }
    assertTrue(upstream.received().isEmpty(), "the upstream is not called");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /m/x HTTP/1.1\r\n\r\n",
        "GET /m/x\r\n\r\n",
        "GET  /m/x HTTP/1.1\r\nHost: test\r\n\r\n",
        "GET /m/x  HTTP/1.1\r\nHost: test\r\n\r\n",
        "GET /m x HTTP/1.1\r\nHost: test\r\n\r\n",
        "GET /m/x?a b HTTP/1.1\r\nHost: test\r\n\r\n",
        "GET /m/x http/1.1\r\nHost: test\r\n\r\n",
        "GET /m/x HTTP/1.1\nHost: test\n\n",
        "G\u00cbT /m/x HTTP/1.1\r\nHost: test\r\n\r\n",
        "G(T /m/x HTTP/1.1\r\nHost: test\r\n\r\n",
        " GET /m/x HTTP/1.1\r\nHost: test\r\n\r\n",
        "hello\r\n\r\n"
      })
  void requestThatIsNotHttpIsRefused(String raw) throws IOException {
    upstream.reset();
    try (RawClient client = gateway.connect()) {
      assertProblem(client.exchange(raw), 400, "request-invalid");
      assertTrue(client.ended(), "the connection is closed");
      assertTrue(upstream.received().isEmpty(), "the upstream is not called");
    }
  }

  @Test
  void targetsAndHeadersHaveBounds() throws IOException {
    try (RawClient client = gateway.connect()) {
      assertProblem(
          client.exchange(head("GET", "/m/x?" + "a".repeat(9_000)) + "\r\n"),
          414,
          "target-too-long");
      assertTrue(client.ended());
    }
    try (RawClient client = gateway.connect()) {
      assertProblem(
          client.exchange(head("GET", "/m/x") + "X-Long: " + "a".repeat(20_000) + "\r\n\r\n"),
          431,
          "headers-too-large");
      assertTrue(client.ended());
    }
    try (RawClient client = gateway.connect()) {
      assertProblem(
          client.exchange(head("GET", "/m/x") + "X: 1\r\n".repeat(5_000) + "\r\n"),
          431,
          "headers-too-large");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "x-unknown, chunked", "identity, chunked"})
  void otherTransferCodingIs501(String coding) throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              head("POST", "/m/x") + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");

      assertProblem(answer, 501, "not-implemented");
      assertTrue(client.ended());
    }
  }

  @Test
  void otherHttpVersionIs505AndFillsNoLog() throws IOException {
    try (LogLines log = LogLines.open();
        RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(head("GET", "/m/x").replace("HTTP/1.1", "HTTP/1.0") + "\r\n");

      assertProblem(answer, 505, "http-version");
      assertTrue(client.ended());
      assertEquals(List.of(), log.with("WARNING"), "strangers send such requests all day");
    }
  }

  @Test
  void refusalOfHeadHasNoBody() throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer = client.exchange(head("HEAD", "/m/nothing") + "\r\n");

      assertEquals(404, answer.status());
      assertEquals(Optional.of("application/problem+json"), answer.header("content-type"));
      assertEquals(404, client.exchange(head("GET", "/m/nothing") + "\r\n").status());
    }
  }

  /** A fault of the gateway's own; its cause is for the log. */
  @Test
  void aFailureOfTheGatewayIs500WithoutItsCause() throws IOException {
    try (RawClient client = gateway.connect()) {
      gateway.clock().setBroken(true);
      RawAnswer answer = client.exchange(head("GET", "/m/x") + "\r\n");
      gateway.clock().setBroken(false);

      assertProblem(answer, 500, "internal-error");
      assertFalse(answer.toString().contains("the clock"), answer.toString());
      assertEquals(200, client.exchange(head("GET", "/m/x") + "\r\n").status());
    } finally {
      gateway.clock().setBroken(false);
    }
  }

  @Test
  void nothingOfTheTokenIsRepeated() throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "GET /m/x HTTP/1.1\r\n"
                  + "Host: test\r\n"
                  + "Kinto-Authorization: Bearer secret-words\r\n\r\n");

      assertProblem(answer, 401, "token-invalid");
      assertFalse(answer.toString().contains("secret-words"));
    }
  }

  private static void assertProblem(RawAnswer answer, int status, String code) {
    assertEquals(status, answer.status(), answer.toString());
    assertEquals(Optional.of("application/problem+json"), answer.header("content-type"));
    assertEquals(Optional.of("no-store"), answer.header("cache-control"));
    JsonNode problem = answer.json();
    assertEquals(code, problem.path("code").stringValue());
    assertEquals("urn:kinto:problem:" + code, problem.path("type").stringValue());
    assertEquals(status, problem.path("status").intValue());
    assertFalse(problem.path("title").stringValue().isEmpty());
    assertFalse(problem.path("detail").stringValue().isEmpty());
    assertEquals(
        answer.header("kinto-request-id").orElseThrow(), problem.path("requestId").stringValue());
  }

  private static String head(String method, String target) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: test\r\nKinto-Authorization: Bearer "
        + token
        + "\r\n";
  }
}
