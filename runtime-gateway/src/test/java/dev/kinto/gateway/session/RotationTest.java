package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionChange.Assignment;
import dev.kinto.gateway.session.Sessions.IssuedToken;
import dev.kinto.manifest.FieldName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Rotation of tokens in a real grid (contract C22, C23, C28). */
class RotationTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final SessionRules RULES =
      new SessionRules(GRACE, SessionLimits.DEFAULT, _ -> SessionBudget.DEFAULT);
  private static final TokenKeys KEYS =
      TokenKeys.of(new LinkedHashMap<>(Map.of("k1", "0123456789abcdef0123456789abcdef")));

  @TempDir static Path folder;
  @AutoClose private static SessionGrid grid;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final Sessions sessions = new Sessions(grid, KEYS, now::get, RULES, (_, _) -> true);
  private final String first = sessions.issue("web", "demo", SessionLifetime.DEFAULT).text();

  @BeforeAll
  static void startGrid() {
    grid = TestGrid.in(folder);
  }

  @Test
  void theNewTokenNamesTheSameSession() {
    sessions.apply(sessions.authenticate(first), set("auth-userId", "1", false));
    String second = rotate(first);
    assertNotEquals(first, second);
    assertEquals(Optional.of("1"), sessions.authenticate(second).value("auth-userid"));
  }

  @Test
  void thePreviousTokenServesCallsForTheGraceTimeOnly() {
    rotate(first);
    now.set(now.get().plus(GRACE).minusMillis(1));
    sessions.authenticate(first);
    now.set(now.get().plusMillis(1));
    assertReplaced(() -> sessions.authenticate(first));
  }

  @Test
  void thePreviousTokenNeverSpeaksForTheSessionItself() {
    rotate(first);
    assertReplaced(() -> sessions.authenticateCurrent(first));
  }

  @Test
  void aLostAnswerIsMadeUpForByRotatingThePreviousTokenAgain() {
    String lost = rotate(first);
    String second = rotate(first);
    assertReplaced(() -> sessions.authenticate(lost));
    sessions.authenticateCurrent(second);
  }

  @Test
  void thePreviousTokenIsNotRotatedOnceItsSuccessorWasUsed() {
    String second = rotate(first);
    sessions.authenticate(second);
    assertReplaced(() -> rotate(first));
    sessions.authenticateCurrent(second);
  }

  @Test
  void onlyOnePreviousTokenIsGood() {
    String second = rotate(first);
    rotate(second);
    assertReplaced(() -> sessions.authenticate(first));
    sessions.authenticate(second);
  }

  /** C28: what an attacker planted before a login is worth nothing after it. */
  @Test
  void afterALoginTheTokenFromBeforeIsDeadAtOnce() {
    Optional<IssuedToken> second =
        sessions.apply(sessions.authenticate(first), set("auth-userId", "1", true));
    assertReplaced(() -> sessions.authenticate(first));
    assertReplaced(() -> rotate(first));
    Session session = sessions.authenticateCurrent(second.orElseThrow().text());
    assertEquals(Optional.of("1"), session.value("auth-userid"));
  }

  @Test
  void afterALoginEvenTheGraceOfAnEarlierRotationIsOver() {
    String second = rotate(first);
    sessions.apply(sessions.authenticate(second), set("auth-userId", "1", true));
    assertReplaced(() -> sessions.authenticate(first));
    assertReplaced(() -> sessions.authenticate(second));
  }

  @Test
  void aLoginThatBeganBeforeAnotherOneEndedDoesNotTakeTheSessionOver() {
    Session slow = sessions.authenticate(first);
    String second =
        sessions
            .apply(sessions.authenticate(first), set("auth-userId", "1", true))
            .orElseThrow()
            .text();
    assertReplaced(() -> sessions.apply(slow, set("auth-userId", "2", true)));
    assertEquals(Optional.of("1"), sessions.authenticate(second).value("auth-userid"));
  }

  @Test
  void anOrdinaryWriteGivesNoToken() {
    assertEquals(
        Optional.empty(),
        sessions.apply(sessions.authenticate(first), set("auth-userId", "1", false)));
  }

  @Test
  void aRotationAmongParallelWritesLosesNone() throws Exception {
    Session session = sessions.authenticate(first);
    String second;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        String field = "auth-f" + i;
        threads.submit(() -> sessions.apply(session, set(field, "1", false)));
      }
      second = threads.submit(() -> rotate(first)).get();
    }
    Session after = sessions.authenticate(second);
    for (int i = 0; i < 100; i++) {
      assertEquals(Optional.of("1"), after.value("auth-f" + i));
    }
  }

  private String rotate(String token) {
    return sessions.rotate(sessions.find(token)).text();
  }

  private static SessionChange set(String field, String value, boolean rotatesToken) {
    return new SessionChange(
        List.of(new Assignment(new FieldName(field), Optional.of(value))), rotatesToken);
  }

  private static void assertReplaced(Executable call) {
    assertEquals(ProblemCode.TOKEN_REPLACED, assertThrows(Refusal.class, call).code());
  }
}
