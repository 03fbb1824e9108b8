package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No request is ever read out of the body of a refused one (contract C35). */
class EarlyRefusalTest {
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
                  .publicRoutes("GET /x"));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;
  private static String smuggled;

  @BeforeAll
  static void start() throws IOException {
    token = gateway.token();
    smuggled = request("GET /m/x?smuggled", bearer(token));
  }

  @ParameterizedTest
  @CsvSource({
    "POST /m/x, no, 401",
    "POST /m/x, bad, 401",
    "POST /m/../x, good, 400",
    "POST /m/needs, good, 403",
    "POST /nobody/x, good, 404",
    "POST /m/nothing, good, 404",
    "PUT /m/x, good, 405",
    "PUT /auth, no, 401",
    "PATCH /auth, no, 405",
    "POST /auth, no, 415"
  })
  void bodyOfARefusedRequestIsNoRequest(String line, String tokenKind, int status)
      throws IOException {
    for (String expect : List.of("Expect: 100-continue\r\n", "expect: 100-Continue\r\n", "")) {
      for (String framing :
          List.of(
              "Content-Length: " + smuggled.length() + "\r\n\r\n",
              "Transfer-Encoding: chunked\r\n\r\n"
                  + Integer.toHexString(smuggled.length())
                  + "\r\n",
              "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
        try (RawClient client = gateway.connect()) {
          RawAnswer answer =
              client.exchange(
                  line
                      + " HTTP/1.1\r\nHost: test\r\n"
                      + authorization(tokenKind)
                      + expect
                      + framing
                      + smuggled);

          assertEquals(status, answer.status(), answer.toString());
          assertEquals(Optional.of("close"), answer.header("connection"));
          assertTrue(client.ended(), "nothing comes after the answer");
        }
        assertTrue(upstream.received().isEmpty(), "the second request reaches no upstream");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST /demo-web/m/x, 403",
    "POST /nobody/m/x, 404",
    "PUT /demo-web/m/x, 405",
    "POST /demo-web//m/x, 400"
  })
  void publicListenerClosesToo(String line, int status) throws IOException {
    String second = "GET /demo-web/m/x?smuggled HTTP/1.1\r\nHost: test\r\n\r\n";
    for (String expect : List.of("Expect: 100-continue\r\n", "")) {
      try (RawClient client = gateway.connectPublic()) {
        RawAnswer answer =
            client.exchange(
                line
                    + " HTTP/1.1\r\nHost: test\r\n"
                    + expect
                    + "Content-Length: "
                    + second.length()
                    + "\r\n\r\n"
                    + second);

        assertEquals(status, answer.status(), answer.toString());
        assertTrue(client.ended(), "nothing comes after the answer");
      }
      assertTrue(upstream.received().isEmpty(), "the second request reaches no upstream");
    }
  }

  @Test
  void refusedClientThatWaitsForContinueGetsTheRefusalAtOnce() throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "POST /m/x HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
                  + "Content-Length: 1000000\r\n\r\n");

      assertEquals("token-missing", answer.code());
      assertTrue(client.ended());
    }
  }

  @Test
  void refusedClientThatSendsNothingIsNotWaitedFor() throws IOException {
    try (RawClient client = gateway.connect()) {
      client.exchange("POST /m/x HTTP/1.1\r\nHost: test\r\nContent-Length: 60000\r\n\r\n");

      assertTrue(client.ended());
    }
  }

  @Test
  void refusalWithoutABodyKeepsTheConnection() throws IOException {
    try (RawClient client = gateway.connect()) {
      assertEquals(401, client.exchange("GET /m/x HTTP/1.1\r\nHost: test\r\n\r\n").status());
      assertEquals(
          401,
          client
              .exchange("POST /m/x HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n")
              .status());
      assertEquals(200, client.exchange(smuggled).status());
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    upstream.answers(
        (request, connection) ->
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Length: "
                    + request.target().length()
                    + "\r\n\r\n"
                    + request.target()));
    try (RawClient client = gateway.connect()) {
      String post =
          "POST /m/x?2 HTTP/1.1\r\nHost: test\r\n"
              + authorization("good")
              + "Content-Length: 4\r\n\r\nbody";
      client.send(smuggled + post + post.replace("?2", "?3") + smuggled.replace("smuggled", "4"));

      assertEquals("/x?smuggled", client.read().text());
      assertEquals("/x?2", client.read().text());
      assertEquals("/x?3", client.read().text());
      assertEquals("/x?4", client.read().text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "keep-alive, close", "close, X-Y"})
  void connectionCloseIsHonoured(String connection) throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "GET /m/x HTTP/1.1\r\nHost: test\r\nConnection: "
                  + connection
                  + "\r\n"
                  + authorization("good")
                  + "\r\n"
                  + smuggled);

      assertEquals(200, answer.status());
      assertEquals(Optional.of("close"), answer.header("connection"));
      assertTrue(client.ended());
      assertEquals("/x", upstream.take().target());
      assertTrue(upstream.received().isEmpty(), "what came after it is not answered");
    }
  }

  @Test
  void upstreamThatClosesDoesNotCloseTheClientsConnection() throws IOException {
    upstream.answers(
        (_, connection) ->
            connection
                .send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
                .close());
    try (RawClient client = gateway.connect()) {
      assertEquals(Optional.empty(), client.exchange(smuggled).header("connection"));
      assertEquals(200, client.exchange(smuggled).status());
    }
  }

  private static String authorization(String kind) {
    return switch (kind) {
      case "good" -> bearer(token) + "\r\n";
      case "bad" -> "Kinto-Authorization: Bearer forged\r\n";
      default -> "";
    };
  }
}
