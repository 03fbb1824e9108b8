package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionChange.Assignment;
import dev.kinto.gateway.session.Sessions.IssuedToken;
import dev.kinto.manifest.FieldName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in a real grid, with a clock of the test's (contract C22 to C29). */
class SessionsTest {
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final SessionLifetime LIFETIME =
      new SessionLifetime(IDLE, IDLE, Duration.ofHours(1), Duration.ofHours(1));
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final SessionRules RULES =
      new SessionRules(GRACE, SessionLimits.DEFAULT, _ -> SessionBudget.DEFAULT);
  private static final TokenKeys KEYS =
      TokenKeys.of(new LinkedHashMap<>(Map.of("k1", "0123456789abcdef0123456789abcdef")));

  @TempDir static Path folder;
  @AutoClose private static SessionGrid grid;

  // Near the real time, for the grid sweeps by the real clock what our clock says is left.
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  private final Sessions sessions = new Sessions(grid, KEYS, now::get, RULES, (_, _) -> true);

  @BeforeAll
  static void startGrid() {
    grid = TestGrid.in(folder);
  }

  private String token() {
    return sessions.issue("web", "demo", LIFETIME).text();
  }

  private void passes(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private static Refusal assertRefused(ProblemCode code, Executable call) {
    Refusal refusal = assertThrows(Refusal.class, call);
    assertEquals(code, refusal.code());
    return refusal;
  }

  private static SessionChange set(String name, String value) {
    return new SessionChange(
        List.of(new Assignment(new FieldName(name), Optional.of(value))), false);
  }

  private static SessionChange remove(String name) {
    return new SessionChange(List.of(new Assignment(new FieldName(name), Optional.empty())), false);
  }

  private Optional<String> value(String token, String foldedName) {
    return sessions.authenticate(token).value(foldedName);
  }

  @Test
  void whatIsAppliedIsReadByTheNextRequestUnderItsFoldedName() {
    String token = token();
    sessions.apply(sessions.authenticate(token), set("auth-userId", "7"));
    assertEquals(Optional.of("7"), value(token, "auth-userid"));
  }

  /** C2, C26: one field, however it is spelt; the last spelling stays. */
  @Test
  void anotherSpellingIsTheSameField() {
    String token = token();
    sessions.apply(sessions.authenticate(token), set("auth-userId", "7"));
    sessions.apply(sessions.authenticate(token), set("auth-user_id", "x"));
    sessions.apply(sessions.authenticate(token), set("auth_userid", "8"));
    assertEquals(Optional.of("8"), value(token, "auth-userid"));
    sessions.apply(sessions.authenticate(token), remove("auth-USERID"));
    assertEquals(Optional.empty(), value(token, "auth-userid"));
    assertEquals(Optional.of("x"), value(token, "auth-user-id"));
  }

  /** C24: nobody gets less than promised. */
  @Test
  void aSessionLivesForTheWholeIdleTimeAfterAnyUse() {
    String token = token();
    // Each step is just short of the idle time, and just short of what is worth a renewal.
    for (Duration pause : List.of(IDLE.minusMillis(1), IDLE.dividedBy(10).minusMillis(1))) {
      passes(pause);
      sessions.authenticate(token);
    }
    passes(IDLE.minusMillis(1));
    sessions.authenticate(token);
  }

  /** C24: for the worst moment, each millisecond of the tenth in which no renewal is written. */
  @Test
  void aUseThatIsNotWrittenStillHasTheWholeIdleTime() {
    for (long percent = 0; percent <= 10; percent++) {
      String token = token();
      passes(IDLE.multipliedBy(percent).dividedBy(100));
      sessions.authenticate(token);
      passes(IDLE.minusMillis(1));
      sessions.authenticate(token);
    }
  }

  /** C24: the deadline is a tenth longer than promised, and no more. */
  @Test
  void aSessionEndsAfterATenthMoreThanItsIdleTimeAtMost() {
    String token = token();
    passes(IDLE.multipliedBy(11).dividedBy(10));
    assertRefused(ProblemCode.SESSION_ENDED, () -> sessions.authenticate(token));
  }

  /** C24: any request with a valid token renews it. */
  @Test
  void useRenewsASessionUntilItsGreatestAge() {
    String token = token();
    for (int i = 0; i < 6; i++) {
      passes(IDLE.minusMillis(1));
      sessions.authenticate(token);
    }
    passes(Duration.ofMillis(6)); // an hour since it began
    assertRefused(ProblemCode.SESSION_ENDED, () -> sessions.authenticate(token));
  }

  /** C22: both in seconds; the idle time is whole again after every use. */
  @Test
  void theTimesLeftCountDownToTheGreatestAge() {
    IssuedToken issued = sessions.issue("web", "demo", LIFETIME);
    assertEquals(600, issued.session().expiresInSeconds(now.get()));
    assertEquals(3600, issued.session().maxExpiresInSeconds(now.get()));
    for (int i = 0; i < 7; i++) {
      passes(Duration.ofMinutes(8));
      sessions.authenticate(issued.text());
    }
    Session session = sessions.authenticate(issued.text());
    assertEquals(240, session.expiresInSeconds(now.get()));
    assertEquals(240, session.maxExpiresInSeconds(now.get()));
  }

  /** C26: a write never brings an ended session back. */
  @Test
  void aWriteToASessionThatWasEndedIsRefusedAndLeavesItEnded() {
    String token = token();
    Session held = sessions.authenticate(token);
    sessions.end(sessions.authenticate(token));
    assertRefused(ProblemCode.SESSION_ENDED, () -> sessions.apply(held, set("auth-userId", "7")));
    assertRefused(ProblemCode.SESSION_ENDED, () -> sessions.authenticate(token));
  }

  @Test
  void aWriteToASessionWhoseTimeIsOverIsRefusedAndLeavesItEnded() {
    String token = token();
    Session held = sessions.authenticate(token);
    passes(IDLE.multipliedBy(2));
    assertRefused(ProblemCode.SESSION_ENDED, () -> sessions.apply(held, set("auth-userId", "7")));
    assertRefused(ProblemCode.SESSION_ENDED, () -> sessions.authenticate(token));
  }

  @Test
  void ofTwoEndsOneEndedTheSession() {
    Session session = sessions.authenticate(token());
    sessions.end(session);
    assertRefused(ProblemCode.SESSION_ENDED, () -> sessions.end(session));
  }

  /** C25: its client no longer in the configuration, or in another environment now. */
  @Test
  void theSessionOfAClientThatIsNotConfiguredAnyMoreHasEnded() {
    String token = token();
    Sessions reconfigured =
        new Sessions(grid, KEYS, now::get, RULES, (id, environment) -> !id.equals("web"));
    assertRefused(ProblemCode.SESSION_ENDED, () -> reconfigured.authenticate(token));
    Sessions moved =
        new Sessions(grid, KEYS, now::get, RULES, (id, environment) -> environment.equals("other"));
    assertRefused(ProblemCode.SESSION_ENDED, () -> moved.authenticate(token));
    sessions.authenticate(token);
  }

  /** C25: genuine without an entry. */
  @Test
  void aGenuineTokenWithoutAnEntryIsOfASessionThatHasEnded() {
    String token = KEYS.issue().text();
    assertRefused(ProblemCode.SESSION_ENDED, () -> sessions.authenticate(token));
  }

  /**
   * C23: a forged token is refused without a look into the grid. A stopped grid shows who looks: a
   * genuine token cannot be answered, a forged one is refused as ever.
   */
  @Test
  void aForgedTokenDoesNotReachTheGrid(@TempDir Path other) {
    SessionGrid stopped = TestGrid.in(other);
    Sessions blind = new Sessions(stopped, KEYS, now::get, RULES, (_, _) -> true);
    String genuine = blind.issue("web", "demo", LIFETIME).text();
    Session session = blind.authenticate(genuine);
    stopped.close();
    assertRefused(ProblemCode.GRID_UNAVAILABLE, () -> blind.authenticate(genuine));
    String forged =
        genuine.substring(0, 20) + (genuine.charAt(20) == 'A' ? 'B' : 'A') + genuine.substring(21);
    assertRefused(ProblemCode.TOKEN_INVALID, () -> blind.authenticate(forged));
    // C27: a change that cannot be stored says that the upstream was called.
    assertInstanceOf(
        Refusal.NotSaved.class,
        assertRefused(
            ProblemCode.GRID_UNAVAILABLE, () -> blind.apply(session, set("auth-userId", "7"))));
    blind.apply(session, SessionChange.NONE); // C27: answers without writes pass
  }

  /** C23: a dump of the grid yields no usable token. */
  @Test
  void theGridKnowsNeitherSessionIdNorNonce() {
    Token token = KEYS.issue();
    byte[] bytes = java.util.Base64.getUrlDecoder().decode(token.text().substring(3));
    String known =
        token.gridKey().toString().replace("-", "")
            + HexFormat.of().formatHex(token.nonceHash().toBytes());
    String id = HexFormat.of().formatHex(bytes, 0, 16);
    String nonce = HexFormat.of().formatHex(bytes, 16, 32);
    assertFalse(known.contains(id));
    assertFalse(known.contains(nonce));
  }

  /** C26: parallel answers that write different fields never lose one another's. */
  @Test
  void parallelChangesOfOneSessionAreAllKept() throws Exception {
    String token = token();
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String name = "auth-f" + i;
        Session session = sessions.authenticate(token);
        writers.add(
            threads.submit(
                () -> {
                  start.await();
                  sessions.apply(session, set(name, name));
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> writer : writers) {
        awaitQuietly(writer);
      }
    }
    Session session = sessions.authenticate(token);
    for (int i = 0; i < 200; i++) {
      assertEquals(Optional.of("auth-f" + i), session.value("auth-f" + i));
    }
  }

  private static void awaitQuietly(Future<?> writer) throws InterruptedException {
    try {
      writer.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** C29: 256 fields, and not one more; a field that is there already may change. */
  @Test
  void aSessionHoldsTwoHundredAndFiftySixFields() {
    String token = token();
    Session session = sessions.authenticate(token);
    List<Assignment> all = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      all.add(new Assignment(new FieldName("auth-f" + i), Optional.of("1")));
    }
    sessions.apply(session, new SessionChange(all, false));
    assertRefused(
        ProblemCode.SESSION_TOO_LARGE, () -> sessions.apply(session, set("auth-more", "1")));
    assertEquals(Optional.empty(), value(token, "auth-more"));
    sessions.apply(session, set("auth-f0", "2"));
    assertEquals(Optional.of("2"), value(token, "auth-f0"));
    sessions.apply(session, remove("auth-f1"));
    sessions.apply(session, set("auth-more", "1"));
  }

  /** C29: 64 KiB of names and values; what does not fit changes nothing at all. */
  @Test
  void aSessionHoldsSixtyFourKibibytes() {
    String token = token();
    Session session = sessions.authenticate(token);
    for (int i = 0; i < 8; i++) {
      sessions.apply(session, set("auth-f" + i, "x".repeat(8 * 1024 - "auth-f0".length())));
    }
    SessionChange oneMore =
        new SessionChange(
            List.of(
                new Assignment(new FieldName("auth-f0"), Optional.of("1")),
                new Assignment(new FieldName("auth-g"), Optional.of("x".repeat(8 * 1024)))),
            false);
    assertRefused(ProblemCode.SESSION_TOO_LARGE, () -> sessions.apply(session, oneMore));
    assertEquals(8 * 1024 - 7, value(token, "auth-f0").orElseThrow().length());
    assertRefused(ProblemCode.SESSION_TOO_LARGE, () -> sessions.apply(session, set("auth-g", "1")));
    sessions.apply(session, remove("auth-f7"));
    sessions.apply(session, set("auth-g", "1"));
  }

  /** C23: what a session prints is neither its token nor its users' values. */
  @Test
  void noSessionPrintsItsValues() {
    IssuedToken issued = sessions.issue("web", "demo", LIFETIME);
    SessionChange change = set("auth-userId", "ada-lovelace");
    sessions.apply(issued.session(), change);
    String printed = issued + " " + sessions.authenticate(issued.text()) + " " + change;
    assertFalse(printed.contains(issued.text()), printed);
    assertFalse(printed.contains("ada-lovelace"), printed);
  }
}
