package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that only the gateway and the microservices say to one another, in every spelling, on
 * every way: no client's word reaches a microservice (contract C30), and no microservice's reaches
 * a client (contract C28, C32).
 */
@ParameterizedClass
@EnumSource
class SpoofingTest {
  private static final String SPOOFED = "spoofed-666";

  private static RawUpstream upstream;
  private static TestGateway gateway;
  private static String token;

  @Parameter Protocol protocol;

  @BeforeParameterizedClassInvocation
  static void start(Protocol protocol, @TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(Files.createDirectories(folder.resolve(protocol.name())))
            .over(protocol)
            .service(
                TestManifest.of("auth")
                    .route("POST /login")
                    .writes("auth-userId")
                    .route("GET /plain")
                    .build(),
                upstream.uri())
            .service(
                TestManifest.of("auth-admin").route("GET /x").writes("auth-admin-level").build(),
                upstream.uri())
            .service(
                TestManifest.of("shop")
                    .route("POST /all")
                    .mayRead("auth-userId")
                    .mayRead("auth-admin-level")
                    .config("apiKey")
                    .mayHaveConfig("apiExtra")
                    .route("GET /open")
                    .route("GET /needs")
                    .reads("auth-userId")
                    .build(),
                upstream.uri())
            .publicRoutes("GET /open")
            .grants("apiKey")
            .config("apiKey", "the-key")
            .client("page", "secret-of-page")
            .clientKey("allowedOrigins", List.of("https://page.example"))
            .start();
    token = gateway.token();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  /** Names of the gateway and of the session spaces, in all their spellings. */
  static Stream<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String name :
        List.of(
            "auth-userId",
            "auth-admin-level",
            "auth-undeclared",
            "auth-",
            "shop-cart",
            "apiKey",
            "apiExtra",
            "Kinto-Client-Id",
            "Kinto-Environment",
            "Kinto-Access",
            "Kinto-Request-Id",
            "Kinto-Token",
            "Kinto-Authorization-X",
            "kinto-")) {
      String first = name.replaceFirst("-", "_");
      Stream.of(
              name,
              name.toLowerCase(Locale.ROOT),
              name.toUpperCase(Locale.ROOT),
              name.replace('-', '_'),
              name.replace('-', '.'),
              first,
              first.replace('-', '.').toUpperCase(Locale.ROOT),
              mixed(name))
          .forEach(names::add);
    }
    return names.stream();
  }

  /** What a (Config) header is called in a request may be any header of an answer. */
  private static List<String> namesInAnswers() {
    return names().filter(name -> !name.matches("(?i)apikey|apiextra")).toList();
  }

  private static String mixed(String name) {
    StringBuilder mixed = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      String c = name.substring(i, i + 1);
      mixed.append(i % 2 == 0 ? c.toUpperCase(Locale.ROOT) : c.toLowerCase(Locale.ROOT));
    }
    return mixed.toString();
  }

  /** The ways to send a header of this name: once, twice, named in Connection, empty, mixed. */
  private static List<String> ways(String name) {
    String line = name + ": " + SPOOFED + "\r\n";
    return List.of(
        line,
        line + "X-Between: 1\r\n" + line,
        line + "Connection: " + name + "\r\n",
        "Connection: close, " + name + "\r\n" + line,
        name + ":\r\n" + line,
        line + line.toUpperCase(Locale.ROOT).replace(SPOOFED.toUpperCase(Locale.ROOT), SPOOFED),
        name + ":\t" + SPOOFED + " \r\n");
  }

  @ParameterizedTest
  @MethodSource("names")
  void noClientSaysItWithAToken(String name) throws IOException {
    for (String lines : ways(name)) {
      assertNotHeard(post("/shop/all", token, lines + "Content-Length: 0\r\n\r\n"), 200);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void noClientSaysItInTrailers(String name) throws IOException {
    String trailers = name + ": " + SPOOFED + "\r\n";
    assertNotHeard(
        post(
            "/shop/all",
            token,
            "Trailer: "
                + name
                + "\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
                + trailers
                + trailers
                + "\r\n"),
        200);
  }

  @ParameterizedTest
  @MethodSource("names")
  void nobodySaysItOnThePublicListener(String name) throws IOException {
    for (String lines : ways(name)) {
      try (TextClient client = gateway.publicClient()) {
        assertNotHeard(
            client.exchange(
                "GET /"
                    + TestGateway.CLIENT
                    + "/shop/open HTTP/1.1\r\nHost: test\r\n"
                    + lines
                    + "\r\n"),
            200);
      }
    }
  }

  /** A required field is not there because a client says so, and nothing is called. */
  @ParameterizedTest
  @MethodSource("names")
  void nothingOfItCountsWhereTheRequestIsRefused(String name) throws IOException {
    for (String lines : ways(name)) {
      try (TextClient client = gateway.client()) {
        String head = " HTTP/1.1\r\nHost: test\r\n" + lines;
        String authorization = bearer(token) + "\r\n";
        assertRefused(client, "GET /shop/needs" + head + authorization + "\r\n", 403);
      }
      try (TextClient client = gateway.client()) {
        assertRefused(client, "GET /shop/all HTTP/1.1\r\nHost: test\r\n" + lines + "\r\n", 401);
      }
    }
    assertTrue(upstream.received().isEmpty(), "no upstream is called");
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingOfItCountsInAPreflight(String name) throws IOException {
    try (TextClient client = gateway.client()) {
      RawAnswer answer =
          client.exchange(
              "OPTIONS /shop/all HTTP/1.1\r\nHost: test\r\nOrigin: https://page.example\r\n"
                  + "Access-Control-Request-Method: GET\r\n"
                  + name
                  + ": "
                  + SPOOFED
                  + "\r\n\r\n");
      assertEquals(204, answer.status(), answer.toString());
      assertFalse(answer.toString().contains(SPOOFED), answer.toString());
    }
    assertTrue(upstream.received().isEmpty(), "no upstream is called");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK",
        "206 Partial Content",
        "302 Found",
        "400 Bad Request",
        "404 Not Found",
        "500 Internal Server Error"
      })
  void noMicroserviceSaysItToAClient(String status) throws IOException {
    for (String name : namesInAnswers()) {
      String line = name + ": " + SPOOFED + "\r\n";
      for (String lines :
          List.of(
              line, line + line, line + "Connection: " + name + "\r\n", name + ":\r\n" + line)) {
        for (String body :
            List.of(
                "Content-Length: 0\r\n\r\n",
                "Trailer: "
                    + name
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                    + line
                    + "\r\n")) {
          upstream.answers("HTTP/1.1 " + status + "\r\n" + lines + body);
          try (TextClient client = gateway.client()) {
            RawAnswer answer = client.exchange(get("/auth/plain"));

            assertEquals(status.substring(0, 3), String.valueOf(answer.status()), name);
            assertFalse(answer.toString().contains(SPOOFED), name + ": " + answer);
          }
        }
      }
    }
  }

  @Test
  void noMicroserviceSaysItOnThePublicListener() throws IOException {
    for (String name : namesInAnswers()) {
      upstream.answers(
          "HTTP/1.1 200 OK\r\n" + name + ": " + SPOOFED + "\r\nContent-Length: 0\r\n\r\n");
      try (TextClient client = gateway.publicClient()) {
        RawAnswer answer =
            client.exchange(
                "GET /" + TestGateway.CLIENT + "/shop/open HTTP/1.1\r\nHost: test\r\n\r\n");
        assertEquals(200, answer.status());
        assertFalse(answer.toString().contains(SPOOFED), name + ": " + answer);
      }
    }
  }

  private static void assertNotHeard(RawAnswer answer, int status) {
    assertEquals(status, answer.status(), answer.toString());
    RawRequest heard = upstream.take();
    assertFalse(heard.lines().toString().contains(SPOOFED), heard.lines().toString());
    assertFalse(heard.text().contains(SPOOFED), heard.text());
    assertEquals(1, heard.folded("kinto-access").size(), heard.lines().toString());
    assertEquals(1, heard.folded("kinto-request-id").size(), heard.lines().toString());
  }

  private static void assertRefused(TextClient client, String request, int status)
      throws IOException {
    RawAnswer answer = client.exchange(request);
    assertEquals(status, answer.status(), answer.toString());
    assertFalse(answer.toString().contains(SPOOFED), answer.toString());
  }

  private static RawAnswer post(String target, String token, String rest) throws IOException {
    try (TextClient client = gateway.client()) {
      return client.exchange(
          "POST "
              + target
              + " HTTP/1.1\r\nHost: test\r\nKinto-Authorization: Bearer "
              + token
              + "\r\n"
              + rest);
    }
  }

  private static String get(String target) {
    return request("GET " + target, bearer(token));
  }
}
