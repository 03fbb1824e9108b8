package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory for sessions, really filled (contract C22): what would add to it is refused by name,
 * and operators are told before; whatever else happens to sessions never needs room.
 */
@Timeout(300)
class GridMemoryTest {
  private static final String LARGE = "x".repeat(7_000);
  private static final int FIELDS = 8;

  @AutoClose private RawUpstream upstream;
  @AutoClose private TestGateway gateway;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    TestManifest auth = TestManifest.of("auth").route("POST /set");
    for (int i = 0; i < FIELDS; i++) {
      auth.writes("auth-f" + i);
    }
    auth.route("POST /login").writes("auth-userId").rotatesToken();
    auth.route("GET /see").mayRead("auth-userId");
    gateway =
        TestGateway.in(folder)
            .set("grid.memory", "16 MiB")
            .set("authLimits.perAddress.requests", 1_000_000)
            .service(auth.build(), upstream.uri())
            .client("metered", "s")
            .clientKey("maxSessionBytes", 20_000)
            .client("few", "s")
            .clientKey("maxSessions", 3)
            .start();
    // What is asked for is set: POST /set?auth-f0=7000 sets a value of so many characters.
    upstream.answers(
        (request, connection) -> {
          String query = request.target().substring(request.target().indexOf('?') + 1);
          String[] parts = query.split("=", 2);
          String line =
              parts.length < 2
                  ? ""
                  : parts[0] + ": " + "x".repeat(Integer.parseInt(parts[1])) + "\r\n";
          connection.send("HTTP/1.1 200 OK\r\n" + line + "Content-Length: 0\r\n\r\n");
        });
  }

  private RawAnswer set(String token, String field, int length) throws IOException {
    return gateway.send("POST /auth/set?" + field + "=" + length, token);
  }

  private RawAnswer health() throws IOException {
    try (RawClient client = RawClient.to(gateway.admin())) {
      return client.exchange("GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }
  }

  private RawAnswer begin(String client) throws IOException {
    return gateway.issue(client, client.equals(TestGateway.CLIENT) ? TestGateway.SECRET : "s");
  }

  /** Begins sessions and fills each until one is refused. */
  private List<String> fill() throws IOException {
    List<String> tokens = new ArrayList<>();
    while (tokens.size() < 2_000) {
      String token = gateway.token();
      tokens.add(token);
      for (int i = 0; i < FIELDS; i++) {
        RawAnswer answer = set(token, "auth-f" + i, LARGE.length());
        if (answer.status() != 200) {
          assertFull(answer);
          assertTrue(answer.json().path("upstreamCalled").booleanValue(), answer.toString());
          return tokens;
        }
      }
    }
    throw new AssertionError("16 MiB took 100 MB");
  }

  private static void assertFull(RawAnswer answer) {
    assertEquals(503, answer.status(), answer.toString());
    assertEquals("grid-unavailable", answer.code(), answer.toString());
    assertTrue(answer.header("retry-after").isPresent());
  }

  @Test
  void aFullMemoryRefusesWhatAddsAndNothingElse() throws Exception {
    assertEquals("{\"status\":\"UP\"}", health().text());
    List<String> tokens = fill();

    RawAnswer health = health();
    assertEquals(503, health.status(), health.toString());
    assertTrue(health.json().path("remark").stringValue().contains("grid.memory"));
    assertFull(begin(TestGateway.CLIENT));
    assertFull(set(tokens.getFirst(), "auth-f0", LARGE.length() + 500));

    // Every session, one after the other: renewed, rotated, made smaller.
    gateway.clock().advance(Duration.ofMinutes(4));
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      assertEquals(200, gateway.send("GET /auth/see", token).status(), "renewal " + i);
      RawAnswer rotated = gateway.send("PUT /auth", token);
      assertEquals(200, rotated.status(), rotated.toString());
      tokens.set(i, rotated.json().path("token").stringValue());
      assertEquals(200, set(tokens.get(i), "auth-f1", 0).status(), "a removal");
    }
    for (String token : tokens.subList(10, tokens.size())) {
      assertEquals(204, gateway.send("DELETE /auth", token).status());
    }
    assertEquals("{\"status\":\"UP\"}", health().text());
    RawAnswer login = gateway.send("POST /auth/login?auth-userId=1", tokens.getFirst());
    assertEquals(200, login.status(), login.toString());
    tokens.set(0, login.header("kinto-token").orElseThrow());
    assertEquals(200, gateway.send("GET /auth", tokens.getFirst()).status());
    assertEquals(200, set(gateway.token(), "auth-f0", LARGE.length()).status());
  }

  /** What has to end for another would end for nothing. */
  @Test
  void atItsCapAndWithoutRoomNoneEndsForOneThatCannotBegin() throws Exception {
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      unused.add(gateway.token("few", "s"));
    }
    List<String> tokens = fill();
    for (int i = 0; i < 3; i++) {
      assertFull(begin("few"));
    }
    assertFalse(unused.stream().anyMatch(this::hasEnded));

    for (String token : tokens) {
      assertEquals(204, gateway.send("DELETE /auth", token).status());
    }
    assertEquals(200, begin("few").status());
    assertEquals(1, unused.stream().filter(this::hasEnded).count(), "one made room");
  }

  /** Full again and again: what was given back is room for others, whatever holes it has. */
  @Test
  void aMemoryThatWasFullTakesAsMuchAgain() throws Exception {
    List<String> first = fill();
    for (int i = 0; i < first.size(); i += 2) {
      assertEquals(204, gateway.send("DELETE /auth", first.get(i)).status());
    }
    List<String> second = fill();
    assertTrue(second.size() * 3 > first.size(), second.size() + " of " + first.size());
  }

  @Test
  void aClientHasNoMoreBytesThanItMay() throws Exception {
    String token = gateway.token("metered", "s");
    assertEquals(200, set(token, "auth-f0", 7_000).status());
    assertEquals(200, set(token, "auth-f1", 7_000).status());
    RawAnswer refused = set(token, "auth-f2", 7_000);
    assertFull(refused);
    assertTrue(refused.json().path("upstreamCalled").booleanValue());
    assertEquals(200, set(token, "auth-f1", 7_000).status(), "no larger than before");
    assertEquals(200, set(token, "auth-f1", 6_990).status(), "smaller");
    assertEquals(200, set(gateway.token(), "auth-f2", 7_000).status(), "another client");
    assertEquals(200, set(token, "auth-f1", 0).status());
    assertEquals(200, set(token, "auth-f2", 4_000).status());
  }

  @Test
  void aClientHasNoMoreSessionsThanItMay() throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tokens.add(gateway.token("few", "s"));
      assertEquals(200, set(tokens.get(i), "auth-f0", 1).status());
    }
    RawAnswer refused = begin("few");
    assertEquals(429, refused.status(), refused.toString());
    assertEquals("rate-limited", refused.code());
    assertEquals(Optional.of("1"), refused.header("retry-after"));
    assertEquals(200, begin(TestGateway.CLIENT).status());
    assertEquals(204, gateway.send("DELETE /auth", tokens.getFirst()).status());
    String unused = gateway.token("few", "s");
    String next = gateway.token("few", "s");
    assertEquals("session-ended", gateway.send("GET /auth", unused).code(), "it made room");
    assertEquals(200, gateway.send("GET /auth", next).status());
    assertFalse(tokens.stream().skip(1).anyMatch(this::hasEnded));
  }

  private boolean hasEnded(String token) {
    try {
      return gateway.send("GET /auth", token).status() != 200;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
