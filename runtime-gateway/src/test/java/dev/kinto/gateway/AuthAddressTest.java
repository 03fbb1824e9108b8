package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.session.SessionLifetime;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The gateway's own address {@code /auth}, and tokens on their way in (contract C19, C22, C25). */
class AuthAddressTest {
  private static final String GOOD =
      "{\"clientId\": \"demo-web\", \"clientSecret\": \"secret-of-demo-web\"}";

  @TempDir static Path folder;
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .client(
                "short",
                "s",
                new SessionLifetime(
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(1)))
            .service(
                TestManifest.of("auth").route("GET /x").route("POST /login").build(),
                upstream.uri())
            .start();
  }

  private static RawAnswer exchange(String request) throws IOException {
    return gateway.exchange(request);
  }

  private static RawAnswer post(String body, String contentType) throws IOException {
    return exchange(
        "POST /auth HTTP/1.1\r\nHost: h\r\n"
            + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n")
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  /** A request without a body, with these whole header lines. */
  private static RawAnswer call(String methodAndTarget, String... lines) throws IOException {
    StringBuilder request = new StringBuilder(methodAndTarget + " HTTP/1.1\r\nHost: h\r\n");
    for (String line : lines) {
      request.append(line).append("\r\n");
    }
    return exchange(request.append("\r\n").toString());
  }

  private static RawAnswer withToken(String methodAndTarget, String token) throws IOException {
    return call(methodAndTarget, bearer(token));
  }

  private static void assertProblem(int status, String code, RawAnswer answer) {
    assertEquals(status, answer.status(), answer.toString());
    assertEquals(code, answer.code(), answer.toString());
    assertEquals(status, answer.json().path("status").asInt(), answer.toString());
    assertEquals(
        answer.header("kinto-request-id").orElseThrow(),
        answer.json().path("requestId").stringValue());
    assertEquals(
        status == 401 ? Optional.of("Bearer") : Optional.empty(),
        answer.header("www-authenticate"));
  }

  /** The answer to the same question as a client reads it, but for the id of the request. */
  private static String withoutRequestId(RawAnswer answer) {
    String id = answer.header("kinto-request-id").orElseThrow();
    return answer.toString().replace(id, "<id>").replaceAll("(?m)^Date:.*$", "Date:");
  }

  /** RFC 8259, section 8.1: JSON between systems is UTF-8. */
  @Test
  void aBodyInAnotherEncodingIsMalformed() throws IOException {
    for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      String body = new String(GOOD.getBytes(charset), StandardCharsets.ISO_8859_1);
      assertProblem(400, "malformed-request", post(body, "application/json"));
    }
    assertProblem(400, "malformed-request", post(GOOD + "\u00ff", "application/json"));
  }

  @Test
  void aBodyHasOneMediaType() throws IOException {
    String twice = "application/json\r\nContent-Type: application/json";
    assertProblem(415, "media-type", post(GOOD, twice));
    assertProblem(415, "media-type", post(GOOD, "application/json\r\nContent-Type: text/plain"));
  }

  @Test
  void postIssuesATokenThatNobodyKeeps() throws IOException {
    RawAnswer answer = post(GOOD, "application/json");
    assertEquals(200, answer.status());
    assertEquals(Optional.of("application/json"), answer.header("content-type"));
    assertEquals(Optional.of("no-store"), answer.header("cache-control"));
    assertTrue(answer.header("kinto-request-id").isPresent());
    JsonNode json = answer.json();
    assertEquals(
        List.of("expiresIn", "maxExpiresIn", "token"),
        List.copyOf(new TreeSet<>(json.propertyNames())));
    // It never got a field yet (C22).
    assertEquals(10 * 60, json.path("expiresIn").intValue());
    assertEquals(12 * 60 * 60, json.path("maxExpiresIn").intValue());
    assertTrue(json.path("token").stringValue().length() > 2 * 128 / 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/json; charset=utf-8", "Application/JSON ;a=b"})
  void theMediaTypeIsComparedWithoutItsParameters(String contentType) throws IOException {
    assertEquals(200, post(GOOD, contentType).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text/plain", "application/jsonp", "application/x-www-form-urlencoded"})
  void anotherMediaTypeIsRefused(String contentType) throws IOException {
    assertProblem(415, "media-type", post(GOOD, contentType));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{}",
        "{\"clientId\": \"demo-web\"}",
        "{\"clientId\": \"demo-web\", \"clientSecret\": 7}",
        "{\"clientId\": null, \"clientSecret\": \"x\"}",
        "{\"clientId\": \"a\", \"clientId\": \"b\", \"clientSecret\": \"x\"}",
        "{\"clientId\": \"demo-web\", \"clientSecret\": \"secret-of-demo-web\"} x",
      })
  void aMalformedBodyIsRefused(String body) throws IOException {
    assertProblem(400, "malformed-request", post(body, "application/json"));
  }

  @Test
  void aDeepBodyIsMalformedAndBreaksNothing() throws IOException {
    assertProblem(400, "malformed-request", post("[".repeat(8000), "application/json"));
  }

  /** C22: the same answer, so that nobody learns which client ids there are. */
  @Test
  void anUnknownClientAndAWrongSecretGetTheSameAnswer() throws IOException {
    RawAnswer unknown = gateway.issue("nobody", TestGateway.SECRET);
    RawAnswer wrong = gateway.issue(TestGateway.CLIENT, "wrong");
    assertProblem(401, "client-invalid", unknown);
    assertEquals(withoutRequestId(unknown), withoutRequestId(wrong));
    assertNotEquals(
        unknown.header("kinto-request-id").orElseThrow(),
        wrong.header("kinto-request-id").orElseThrow());
  }

  /** The hash that stands for unknown clients is of no secret: also not of the empty one. */
  @ParameterizedTest
  @ValueSource(strings = {"", "demo-web", "\\u0000"})
  void noSecretIsGoodForAnUnknownClient(String secret) throws IOException {
    assertProblem(401, "client-invalid", gateway.issue("nobody", secret));
  }

  /** C35, C36: the answer comes although the body was not read whole, and the connection ends. */
  @Test
  void aBodyBeyondEightKibibytesIsRefused() throws IOException {
    String body = "{\"clientId\": \"" + "x".repeat(8 * 1024) + "\"}";
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
      assertProblem(413, "body-too-large", answer);
      assertEquals(Optional.of("close"), answer.header("connection"));
      assertTrue(client.ended());
    }
  }

  @Test
  void aChunkedBodyIsReadAsWell() throws IOException {
    String request =
        "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(GOOD.length())
            + "\r\n"
            + GOOD
            + "\r\n0\r\n\r\n";
    assertEquals(200, exchange(request).status());
  }

  @Test
  void everyTokenIsAnother() throws IOException {
    assertNotEquals(gateway.token(), gateway.token());
  }

  /** C22: who, where, since when and how long; no fields. */
  @Test
  void getDescribesTheSession() throws IOException {
    Instant before = gateway.clock().instant();
    String token = gateway.token("short", "s");
    RawAnswer answer = withToken("GET /auth", token);
    assertEquals(200, answer.status());
    assertEquals(Optional.of("no-store"), answer.header("cache-control"));
    JsonNode json = answer.json();
    assertEquals(
        List.of("clientId", "createdAt", "environment", "expiresIn", "maxExpiresIn"),
        List.copyOf(new TreeSet<>(json.propertyNames())));
    assertEquals("short", json.path("clientId").stringValue());
    assertEquals("demo", json.path("environment").stringValue());
    Instant createdAt = Instant.parse(json.path("createdAt").stringValue());
    assertTrue(Duration.between(before, createdAt).abs().toMillis() <= 1, createdAt.toString());
    assertEquals(600, json.path("expiresIn").intValue());
    assertEquals(3600, json.path("maxExpiresIn").intValue());
    assertFalse(answer.toString().contains(token));
  }

  @Test
  void headDescribesWithoutABody() throws IOException {
    String token = gateway.token();
    int length = withToken("GET /auth", token).body().length;
    RawAnswer answer = withToken("HEAD /auth", token);
    assertEquals(200, answer.status());
    assertEquals(Optional.of(Integer.toString(length)), answer.header("content-length"));
  }

  @Test
  void deleteEndsTheSession() throws IOException {
    String token = gateway.token();
    RawAnswer answer = withToken("DELETE /auth", token);
    assertEquals(204, answer.status());
    assertTrue(answer.header("kinto-request-id").isPresent());
    assertProblem(401, "session-ended", withToken("GET /auth", token));
    assertProblem(401, "session-ended", withToken("DELETE /auth", token));
    assertProblem(401, "session-ended", withToken("GET /auth/x", token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "OPTIONS", "BREW"})
  void otherMethodsAreToldTheAllowedOnes(String method) throws IOException {
    RawAnswer answer = withToken(method + " /auth", gateway.token());
    assertProblem(405, "method-not-allowed", answer);
    assertTrue(
        List.of(answer.header("allow").orElseThrow().split(", "))
            .containsAll(List.of("DELETE", "GET", "HEAD", "POST")),
        answer.toString());
  }

  /** C19: /auth is the gateway's, what lies below is the microservice's. */
  @Test
  void aMicroserviceMayBeCalledAuth() throws IOException {
    assertEquals("ok", withToken("GET /auth/x", gateway.token()).text());
    assertEquals("GET /x HTTP/1.1", upstream.take().line());
    assertProblem(405, "method-not-allowed", withToken("POST /auth/x", gateway.token()));
    assertProblem(404, "route-unknown", withToken("GET /auth/", gateway.token()));
  }

  /** C25, C21a: without a valid token every address but /auth answers 401, known or not. */
  @ParameterizedTest
  @ValueSource(strings = {"GET /auth", "DELETE /auth", "GET /auth/x", "GET /none", "BREW /auth/x"})
  void withoutATokenNothingAnswers(String methodAndTarget) throws IOException {
    assertProblem(401, "token-missing", call(methodAndTarget));
    assertProblem(401, "token-missing", call(methodAndTarget, "Authorization: Bearer x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Kinto-Authorization: ",
        "Kinto-Authorization: Bearer",
        "Kinto-Authorization: Basic ZGVtbzpkZW1v",
        "Kinto-Authorization: Bearer x",
        "Kinto-Authorization: Bearer k1.",
        "Kinto-Authorization: Bearer k1.AAAA",
        "Kinto-Authorization: Bearer %00",
      })
  void aMalformedTokenIsInvalid(String line) throws IOException {
    assertProblem(401, "token-invalid", call("GET /auth/x", line));
  }

  @Test
  void aChangedOrTruncatedTokenIsInvalid() throws IOException {
    String token = gateway.token();
    for (int at : new int[] {0, 1, 3, 20, 40, 60, token.length() - 1}) {
      char other = token.charAt(at) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, at) + other + token.substring(at + 1);
      assertProblem(401, "token-invalid", withToken("GET /auth/x", forged));
      assertProblem(401, "token-invalid", withToken("GET /auth/x", token.substring(0, at)));
    }
    assertProblem(401, "token-invalid", withToken("GET /auth/x", token + "A"));
    assertProblem(401, "token-invalid", withToken("GET /auth/x", token + ", Bearer " + token));
    assertEquals(200, withToken("GET /auth/x", token).status());
  }

  /** C25: exactly one line counts, whatever the case of its name. */
  @Test
  void aTokenThatIsSentTwiceIsInvalid() throws IOException {
    String token = gateway.token();
    String line = bearer(token);
    assertProblem(401, "token-invalid", call("GET /auth/x", line, line));
    assertProblem(
        401,
        "token-invalid",
        call("GET /auth/x", line, "KINTO-AUTHORIZATION: Bearer " + gateway.token()));
    assertProblem(401, "token-invalid", call("GET /auth", line, line));
    assertProblem(401, "token-invalid", call("DELETE /auth", line, line));
    assertEquals(200, call("GET /auth/x", "kinto-authorization: bearer " + token).status());
  }

  /** C25: folded variants are dropped. */
  @ParameterizedTest
  @ValueSource(strings = {"Kinto_Authorization", "kinto.authorization", "KINTO_AUTHORIZATION"})
  void aFoldedVariantIsNoToken(String name) throws IOException {
    String token = gateway.token();
    assertProblem(401, "token-missing", call("GET /auth/x", name + ": Bearer " + token));
    upstream.reset();
    RawAnswer both = call("GET /auth/x", bearer(token), name + ": Bearer " + gateway.token());
    assertEquals(200, both.status());
    assertEquals(List.of(), upstream.take().folded("kinto-authorization"));
  }

  /** C23: tokens.keys; the first signs, all verify, and no other gateway's token counts. */
  @Test
  void keysOfTheConfigurationSignAndVerify(@TempDir Path other) throws Exception {
    String foreign = gateway.token();
    try (TestGateway keyed =
            TestGateway.in(other)
                .tokenKey("k9", "0123456789abcdef0123456789abcdef")
                .tokenKey("k1", "fedcba9876543210fedcba9876543210")
                .start();
        RawClient client = keyed.connect()) {
      String token = keyed.token();
      assertTrue(token.startsWith("k9."), "signed by the first");
      String get = "GET /auth HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer ";
      assertEquals(200, client.exchange(get + token + "\r\n\r\n").status());
      assertProblem(401, "token-invalid", client.exchange(get + foreign + "\r\n\r\n"));
      assertFalse(other.resolve("data/token.key").toFile().exists(), "no key is generated");
    }
    assertProblem(401, "token-invalid", withToken("GET /auth", "k9." + foreign.substring(3)));
  }
}
