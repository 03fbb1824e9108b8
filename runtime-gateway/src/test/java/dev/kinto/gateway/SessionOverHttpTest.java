package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.session.SessionLifetime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What answers write into a session and requests read from it, over real sockets (contract C5, C7,
 * C24, C26 to C29).
 */
class SessionOverHttpTest {
  private static final int WRITERS = 200;
  private static final SessionLifetime SHORT =
      new SessionLifetime(
          Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(1));

  @TempDir static Path folder;
  @AutoClose private static RawUpstream auth;
  @AutoClose private static RawUpstream shop;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    auth = RawUpstream.start();
    shop = RawUpstream.start();
    TestManifest authRoutes =
        TestManifest.of("auth")
            .route("POST /login")
            .writes("auth-userId", "Number")
            .writes("auth-name", "String{1..20}")
            .writes("auth-plan", "String=\"free\",\"pro\"")
            .writes("auth-roles", "String[]")
            .writes("auth-data");
    for (int i = 0; i < 10; i++) {
      authRoutes.writes("auth-large" + i);
    }
    TestManifest shopRoutes =
        TestManifest.of("shop")
            .route("GET /see")
            .mayRead("auth-userId")
            .mayRead("auth-name")
            .mayRead("auth-plan")
            .mayRead("auth-roles")
            .mayRead("auth-data")
            .route("GET /large")
            .mayRead("auth-large0")
            .mayRead("auth-large1")
            .route("GET /last")
            .mayRead("auth-large9")
            .route("GET /many");
    for (int i = 0; i < WRITERS; i++) {
      shopRoutes.mayRead("many-f" + i);
    }
    TestManifest manyRoutes = TestManifest.of("many").route("POST /set");
    for (int i = 0; i < 257; i++) {
      manyRoutes.writes("many-f" + i);
    }
    gateway =
        TestGateway.in(folder)
            .client("short", "s", SHORT)
            .service(authRoutes.build(), auth.uri())
            .service(manyRoutes.build(), auth.uri())
            .service(shopRoutes.build(), shop.uri())
            .start();
  }

  @BeforeEach
  void forget() {
    auth.reset();
    shop.reset();
  }

  private static String request(String methodAndTarget, String token) {
    return methodAndTarget
        + " HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer "
        + token
        + "\r\n\r\n";
  }

  private static RawAnswer call(String methodAndTarget, String token) throws IOException {
    return gateway.exchange(request(methodAndTarget, token));
  }

  /** The login's answer, when the microservice sets these whole header lines. */
  private static RawAnswer login(String token, String... lines) throws IOException {
    return answered("200 OK", token, lines);
  }

  private static RawAnswer answered(String status, String token, String... lines)
      throws IOException {
    auth.answers(
        "HTTP/1.1 "
            + status
            + "\r\n"
            + String.join("\r\n", lines)
            + (lines.length == 0 ? "" : "\r\n")
            + (status.startsWith("204") || status.startsWith("304") ? "" : "Content-Length: 0\r\n")
            + "\r\n");
    return call("POST /auth/login", token);
  }

  /** What the next call of another microservice sees of the session. */
  private static RawRequest seen(String token) throws IOException {
    return seen("GET /shop/see", token);
  }

  private static RawRequest seen(String methodAndTarget, String token) throws IOException {
    shop.reset();
    RawAnswer answer = call(methodAndTarget, token);
    assertEquals(200, answer.status(), answer.toString());
    return shop.take();
  }

  private static void assertNoSessionField(RawAnswer answer) {
    for (String line : answer.lines()) {
      String name = line.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
      assertFalse(
          name.startsWith("auth-") || name.startsWith("shop-") || name.startsWith("many-"), line);
    }
  }

  @Test
  void theRequestAfterTheLoginReadsItsValues() throws IOException {
    String token = gateway.token();
    assertEquals(Optional.empty(), seen(token).header("auth-userId"));
    RawAnswer answer = login(token, "auth-userId: 7", "auth-name: Ada", "X-Other: stays");
    assertEquals(200, answer.status());
    assertEquals(Optional.of("stays"), answer.header("x-other"));
    assertNoSessionField(answer);
    RawRequest next = seen(token);
    assertEquals(Optional.of("7"), next.header("auth-userId"));
    assertEquals(Optional.of("Ada"), next.header("auth-name"));
    assertEquals(List.of(), next.all("auth-plan"));
  }

  /** C2: whatever the microservice spells, readers receive the owner's declared spelling. */
  @Test
  void readersReceiveTheDeclaredSpelling() throws IOException {
    String token = gateway.token();
    login(token, "AUTH_USERID: 7");
    assertEquals(List.of("auth-userId: 7"), seen(token).folded("auth-userid"));
  }

  /** C7: an absent declared write leaves the field, an empty value removes it. */
  @ParameterizedTest
  @ValueSource(strings = {"auth-userId:", "auth-userId: ", "auth_userid: \t "})
  void anEmptyValueRemovesTheFieldBeforeAnyTypeCheck(String logout) throws IOException {
    String token = gateway.token();
    login(token, "auth-userId: 7", "auth-name: Ada");
    assertEquals(200, login(token, logout).status());
    RawRequest next = seen(token);
    assertEquals(List.of(), next.folded("auth-userid"));
    assertEquals(Optional.of("Ada"), next.header("auth-name"));
  }

  @Test
  void removingWhatIsNotThereIsNoError() throws IOException {
    assertEquals(200, login(gateway.token(), "auth-userId:").status());
  }

  @Test
  void twoSessionsOfOneClientDoNotMix() throws IOException {
    String ada = gateway.token();
    String bob = gateway.token();
    login(ada, "auth-userId: 1");
    login(bob, "auth-userId: 2");
    assertEquals(Optional.of("1"), seen(ada).header("auth-userId"));
    assertEquals(Optional.of("2"), seen(bob).header("auth-userId"));
  }

  /** C5: the wire form is carried byte for byte, decoded nowhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%41",
        "100%",
        "%",
        "%zz",
        "%4",
        "%C3%A9t%c3%a9",
        "a%20b",
        "%20a%20",
        "a  b",
        "a%0D%0Aauth-plan: pro",
        "%00",
        "%25",
        "+",
        "{\"a\": [1, 2]}",
        "a, b; c=\"d\"",
        "~!@#$^&*()_+|\\`'<>?/",
      })
  void valuesAreCarriedByteForByte(String wire) throws IOException {
    String token = gateway.token();
    assertEquals(200, login(token, "auth-data: " + wire).status());
    RawRequest next = seen(token);
    assertEquals(Optional.of(wire), next.header("auth-data"));
    assertEquals(List.of(), next.all("auth-plan"));
  }

  /** C4, C5: sizes and allowed values are checked on the decoded text, in code points. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth-userId: -1.5e3",
        "auth-userId: %37",
        "auth-name: %F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80",
        "auth-name: 12345678901234567890",
        "auth-plan: pro",
        "auth-plan: %70ro",
        "auth-roles: [\"a\", \"b\"]",
      })
  void aValueOfItsTypeIsStored(String line) throws IOException {
    String token = gateway.token();
    assertEquals(200, login(token, line).status());
    String name = line.substring(0, line.indexOf(':'));
    assertEquals(Optional.of(line.substring(line.indexOf(' ') + 1)), seen(token).header(name));
  }

  /** C26, C32: one value refused, none stored, 502; the value itself is not told. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth-userId: seven",
        "auth-userId: 0x7",
        "auth-userId: NaN",
        "auth-userId: 1 2",
        "auth-userId: 1.5",
        "auth-userId: 1e400",
        "auth-userId: 9223372036854775808",
        "auth-name: 123456789012345678901",
        "auth-plan: gold",
        "auth-plan: PRO",
        "auth-roles: admin",
        "auth-roles: [1]",
        "auth-name: %FF",
        "auth-name: %C3",
        "auth-name: %ED%A0%80",
        "auth-name: %C0%AF",
        "auth-name: caf\u00e9",
        "auth-name: a\tb",
        "auth-userId: 1\r\nauth-userId: 1",
        "auth-userId: 1\r\nAuth_UserId: 2",
        "auth.userid: 1\r\nauth-userId:",
        "auth-userId:\r\nauth-userId:",
      })
  void oneRefusedValueRefusesThemAll(String lines) throws IOException {
    String token = gateway.token();
    login(token, "auth-data: old", "auth-userId: 5");
    RawAnswer answer = login(token, "auth-data: new", lines);
    assertEquals(502, answer.status(), answer.toString());
    assertEquals("session-value-invalid", answer.code());
    assertNoSessionField(answer);
    assertFalse(answer.text().contains("gold") || answer.text().contains("seven"), answer.text());
    RawRequest next = seen(token);
    assertEquals(Optional.of("old"), next.header("auth-data"));
    assertEquals(Optional.of("5"), next.header("auth-userId"));
    assertEquals(List.of(), next.all("auth-plan"));
  }

  /** C28: writes count in 2xx and 3xx. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK",
        "201 Created",
        "204 No Content",
        "299 Odd",
        "302 Found",
        "303 See Other",
        "304 Not Modified",
        "399 Odd",
      })
  void writesCountInGoodAnswersAndRedirects(String status) throws IOException {
    String token = gateway.token();
    RawAnswer answer = answered(status, token, "auth-userId: 7", "Location: /x");
    assertEquals(status.substring(0, 3), Integer.toString(answer.status()));
    assertNoSessionField(answer);
    assertEquals(Optional.of("7"), seen(token).header("auth-userId"));
  }

  /** C28: and in no other; the headers are stripped from every answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "400 Bad Request",
        "401 Unauthorized",
        "404 Not Found",
        "409 Conflict",
        "499 Odd",
        "500 Internal Server Error",
        "503 Service Unavailable",
        "599 Odd"
      })
  void writesInErrorsDoNotCountAndAreNotShown(String status) throws IOException {
    String token = gateway.token();
    login(token, "auth-userId: 7");
    RawAnswer answer = answered(status, token, "auth-userId: 8", "auth-plan: nonsense", "X-A: b");
    assertEquals(status.substring(0, 3), Integer.toString(answer.status()));
    assertEquals(Optional.of("b"), answer.header("x-a"));
    assertNoSessionField(answer);
    RawRequest next = seen(token);
    assertEquals(Optional.of("7"), next.header("auth-userId"));
    assertEquals(List.of(), next.all("auth-plan"));
  }

  /** C32: what the route does not declare is neither saved nor shown. */
  @Test
  void undeclaredFieldsAreDropped() throws IOException {
    String token = gateway.token();
    RawAnswer answer =
        login(token, "auth-undeclared: 1", "many-f0: 1", "shop_x: 1", "Auth.Other: 1");
    assertEquals(200, answer.status());
    assertNoSessionField(answer);
    assertEquals(List.of(), seen("GET /shop/many", token).all("many-f0"));
  }

  /** C32: counted and logged with the route, but not with every answer again. */
  @Test
  void undeclaredFieldsAreCountedAndLogged() throws IOException {
    try (LogLines log = LogLines.open()) {
      String token = gateway.token();
      for (int i = 0; i < 3; i++) {
        login(token, "auth-neverDeclared: secret" + i, "auth.never2: x");
      }
      List<String> lines = log.with("auth-neverDeclared");
      assertEquals(1, lines.size(), lines.toString());
      assertTrue(lines.getFirst().startsWith("WARNING "), lines.toString());
      assertTrue(lines.getFirst().contains("POST /auth/login"), lines.toString());
      assertEquals(List.of(), log.with("secret"));
      assertEquals(1, log.with("auth.never2").size());
    }
  }

  /** C26: nobody's write is lost, though all answers arrive at the same moment. */
  @Test
  void twoHundredParallelWritersLoseNothing() throws Exception {
    String token = gateway.token();
    CountDownLatch allThere = new CountDownLatch(WRITERS);
    auth.answers(
        (request, connection) -> {
          String number = request.target().substring(request.target().indexOf('=') + 1);
          allThere.countDown();
          await(allThere);
          connection.send(
              "HTTP/1.1 200 OK\r\nmany-f"
                  + number
                  + ": v"
                  + number
                  + "\r\nContent-Length: 0\r\n\r\n");
        });
    for (RawAnswer answer : inParallel(WRITERS, i -> call("POST /many/set?f=" + i, token))) {
      assertEquals(200, answer.status(), answer.toString());
      assertNoSessionField(answer);
    }
    RawRequest next = seen("GET /shop/many", token);
    for (int i = 0; i < WRITERS; i++) {
      assertEquals(Optional.of("v" + i), next.header("many-f" + i));
    }
  }

  @Test
  void parallelWritersOfOneFieldLeaveOneOfTheirValues() throws Exception {
    String token = gateway.token();
    int writers = 50;
    CountDownLatch allThere = new CountDownLatch(writers);
    auth.answers(
        (request, connection) -> {
          String number = request.target().substring(request.target().indexOf('=') + 1);
          allThere.countDown();
          await(allThere);
          connection.send(
              "HTTP/1.1 200 OK\r\nauth-userId: "
                  + number
                  + "\r\nauth-data: of-"
                  + number
                  + "\r\nContent-Length: 0\r\n\r\n");
        });
    Set<String> possible = new TreeSet<>();
    for (int i = 0; i < writers; i++) {
      possible.add(Integer.toString(i));
    }
    inParallel(writers, i -> call("POST /auth/login?f=" + i, token));
    RawRequest next = seen(token);
    String winner = next.header("auth-userId").orElseThrow();
    assertTrue(possible.contains(winner), winner);
    assertEquals(Optional.of("of-" + winner), next.header("auth-data"), "an answer is one change");
  }

  @FunctionalInterface
  private interface Call {
    RawAnswer run(int number) throws IOException;
  }

  private static List<RawAnswer> inParallel(int count, Call call) throws Exception {
    List<Future<RawAnswer>> calls = new ArrayList<>();
    List<RawAnswer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(threads.submit(() -> call.run(number)));
      }
      for (Future<RawAnswer> each : calls) {
        answers.add(each.get());
      }
    }
    return answers;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS), "waited in vain");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** C27: the session is saved once the head is complete, while the body is still to come. */
  @Test
  void theSessionIsSavedWhileTheBodyIsStillPending() throws Exception {
    String token = gateway.token();
    CountDownLatch body = new CountDownLatch(1);
    auth.answers(
        (request, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 4\r\n\r\n");
          await(body);
          connection.send("done");
        });
    try (RawClient client = gateway.connect()) {
      RawAnswer head = client.send(request("POST /auth/login", token)).readHead();
      assertEquals(200, head.status());
      assertNoSessionField(head);
      assertEquals(Optional.of("7"), seen(token).header("auth-userId"));
      body.countDown();
      assertEquals("done", new String(client.readBytes(4), StandardCharsets.ISO_8859_1));
    }
  }

  /** C27: saved before the first byte: whoever has read that byte reads the new value. */
  @Test
  void whoHasTheFirstByteReadsTheNewValue() throws Exception {
    String token = gateway.token();
    for (int i = 1; i <= 50; i++) {
      auth.answers("HTTP/1.1 200 OK\r\nauth-userId: " + i + "\r\nContent-Length: 0\r\n\r\n");
      try (RawClient client = gateway.connect();
          RawClient other = gateway.connect()) {
        client.send(request("POST /auth/login", token)).readBytes(1);
        other.exchange(request("GET /shop/see", token));
        assertEquals(
            Optional.of(Integer.toString(i)), shop.take().header("auth-userId"), "login " + i);
      }
    }
  }

  /** C26, C27: a write never brings an ended session back. */
  @Test
  void aLoginThatIsOvertakenByALogoutIsAnEndedSession() throws Exception {
    String token = gateway.token();
    CountDownLatch ended = new CountDownLatch(1);
    auth.answers(
        (request, connection) -> {
          await(ended);
          connection.send("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 6\r\n\r\nsecret");
        });
    try (RawClient client = gateway.connect()) {
      client.send(request("POST /auth/login", token));
      auth.take();
      assertEquals(204, call("DELETE /auth", token).status());
      ended.countDown();
      RawAnswer answer = client.read();
      assertEquals(401, answer.status(), answer.toString());
      assertEquals("session-ended", answer.code());
      assertNoSessionField(answer);
      assertFalse(answer.text().contains("secret"));
    }
    assertEquals("session-ended", call("GET /shop/see", token).code());
    assertEquals("session-ended", call("GET /auth", token).code());
  }

  /** C27: answers without writes pass. */
  @Test
  void anAnswerWithoutWritesPassesThoughTheSessionHasEnded() throws Exception {
    String token = gateway.token();
    CountDownLatch ended = new CountDownLatch(1);
    auth.answers(
        (request, connection) -> {
          await(ended);
          connection.send(RawUpstream.OK);
        });
    try (RawClient client = gateway.connect()) {
      client.send(request("POST /auth/login", token));
      auth.take();
      call("DELETE /auth", token);
      ended.countDown();
      assertEquals("ok", client.read().text());
    }
  }

  /** C24: any request with a valid token renews, also one that is refused later on. */
  @Test
  void anyRequestRenewsTheSessionUntilItsGreatestAge() throws Exception {
    String token = gateway.token("short", "s");
    login(token, "auth-userId: 7");
    for (String methodAndTarget :
        List.of("GET /auth", "GET /shop/see", "GET /none/x", "BREW /shop/see", "GET /shop/none")) {
      gateway.clock().advance(SHORT.idle().minusMillis(1));
      RawAnswer answer = call(methodAndTarget, token);
      assertTrue(answer.status() != 401, answer.toString());
    }
    gateway.clock().advance(SHORT.idle().minusMillis(1));
    assertEquals(Optional.of("7"), seen(token).header("auth-userId"));
    gateway.clock().advance(Duration.ofMillis(6)); // an hour since it began
    assertEquals("session-ended", call("GET /shop/see", token).code());
  }

  @Test
  void anIdleSessionEndsAfterATenthMoreAtMost() throws Exception {
    String token = gateway.token("short", "s");
    gateway.clock().advance(SHORT.idle().multipliedBy(11).dividedBy(10));
    RawAnswer answer = call("GET /shop/see", token);
    assertEquals(401, answer.status());
    assertEquals("session-ended", answer.code());
  }

  /**
   * C24: nobody gets less than promised; who got more would have cost a write with each request.
   */
  @Test
  void aUseWithinATenthOfTheIdleTimeIsNotWritten() throws Exception {
    String token = gateway.token("short", "s");
    login(token, "auth-userId: 7");
    gateway.clock().advance(SHORT.idle().dividedBy(10).minusMillis(1));
    assertEquals(Optional.of("7"), seen(token).header("auth-userId"));
    gateway.clock().advance(SHORT.idle().plusMillis(1));
    assertEquals("session-ended", call("GET /shop/see", token).code());
  }

  /** C24: a save is a use as well. */
  @Test
  void anAnswerThatSavesRenewsTheSession() throws Exception {
    String token = gateway.token("short", "s");
    auth.answers(
        (request, connection) -> {
          gateway.clock().advance(SHORT.idle().minusMillis(1));
          connection.send("HTTP/1.1 200 OK\r\nauth-userId: 7\r\nContent-Length: 0\r\n\r\n");
        });
    assertEquals(200, call("POST /auth/login", token).status());
    gateway.clock().advance(SHORT.idle().minusMillis(1));
    assertEquals(Optional.of("7"), seen(token).header("auth-userId"));
  }

  private static String large(int number, int bytes) {
    return "auth-large" + number + ": " + "x".repeat(bytes);
  }

  private static void assertTooLarge(RawAnswer answer) {
    assertEquals(502, answer.status(), answer.toString());
    assertEquals("session-too-large", answer.code());
  }

  /** C29: value 8 KiB, all of one answer 8 KiB; nothing of such an answer is stored. */
  @Test
  void oneAnswerSetsEightKibibytesAtMost() throws IOException {
    String token = gateway.token();
    assertEquals(200, login(token, large(9, 8 * 1024 - "auth-large9".length())).status());
    assertTooLarge(login(token, large(9, 8 * 1024 + 1)));
    assertTooLarge(login(token, large(9, 4 * 1024), large(1, 4 * 1024)));
    assertEquals(
        8 * 1024 - "auth-large9".length(),
        seen("GET /shop/last", token).header("auth-large9").orElseThrow().length());
  }

  /** C29: session headers of one request 8 KiB; the microservice is not called beyond. */
  @Test
  void oneRequestCarriesEightKibibytesAtMost() throws IOException {
    String token = gateway.token();
    login(token, large(0, 5 * 1024));
    login(token, large(1, 3 * 1024 - 2 * "auth-large0".length()));
    assertEquals(5 * 1024, seen("GET /shop/large", token).all("auth-large0").get(0).length());
    login(token, large(1, 5 * 1024));
    shop.reset();
    assertTooLarge(call("GET /shop/large", token));
    assertEquals(List.of(), shop.received());
    login(token, "auth-large1:");
    assertEquals(List.of(), seen("GET /shop/large", token).all("auth-large1"));
  }

  /** C29: session 64 KiB. */
  @Test
  void aSessionHoldsSixtyFourKibibytes() throws IOException {
    String token = gateway.token();
    for (int i = 0; i < 8; i++) {
      assertEquals(200, login(token, large(i, 8 * 1024 - "auth-large0".length())).status());
    }
    assertTooLarge(login(token, large(9, 1)));
    assertEquals(List.of(), seen("GET /shop/last", token).all("auth-large9"));
    assertEquals(200, login(token, "auth-large0:", large(9, 1)).status());
  }

  /** C29: fields 256. */
  @Test
  void aSessionHoldsTwoHundredAndFiftySixFields() throws IOException {
    String token = gateway.token();
    assertEquals(200, many(token, 0, 128).status());
    assertEquals(200, many(token, 128, 256).status());
    assertTooLarge(many(token, 256, 257));
    assertEquals(200, many(token, 0, 2).status());
  }

  private static RawAnswer many(String token, int from, int to) throws IOException {
    StringBuilder answer = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
    for (int i = from; i < to; i++) {
      answer.append("many-f").append(i).append(": 1\r\n");
    }
    auth.answers(answer.append("\r\n").toString());
    return call("POST /many/set", token);
  }
}
