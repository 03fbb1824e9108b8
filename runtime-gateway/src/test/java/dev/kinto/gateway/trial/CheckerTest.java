package dev.kinto.gateway.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.trial.Operation.Kind;
import dev.kinto.gateway.trial.Operation.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check finds each kind of fault, and nothing in what is allowed. */
class CheckerTest {
  private final History history = new History();

  @BeforeEach
  void begin() {
    add(Kind.BEGIN, 0, 1, Outcome.DONE, 200, "");
  }

  private void add(Kind kind, long begin, long end, Outcome outcome, int status, String value) {
    add(kind, begin, end, outcome, status, "", value, 0);
  }

  private void add(
      Kind kind,
      long begin,
      long end,
      Outcome outcome,
      int status,
      String code,
      String value,
      int token) {
    Map<String, String> values =
        kind == Kind.READ || !value.isEmpty() ? Map.of("one", value) : Map.of();
    history.add(
        new Operation(
            "s1",
            kind,
            1,
            token,
            begin,
            end,
            outcome,
            status,
            code,
            outcome == Outcome.DONE || kind != Kind.READ ? values : Map.of()));
  }

  private void write(long begin, long end, String value) {
    add(Kind.WRITE, begin, end, Outcome.DONE, 204, value);
  }

  private void lostWrite(long begin, long end, String value) {
    add(Kind.WRITE, begin, end, Outcome.UNKNOWN, 0, value);
  }

  private void read(long begin, long end, String value) {
    add(Kind.READ, begin, end, Outcome.DONE, 200, value);
  }

  private void refused(Kind kind, long begin, long end, String code) {
    add(kind, begin, end, Outcome.REFUSED, 401, code, "", 0);
  }

  private void assertFound(String text) {
    List<Violation> found = Checker.check(history).violations();
    assertTrue(
        found.stream().anyMatch(violation -> violation.what().contains(text)), found::toString);
  }

  private void assertGood() {
    assertEquals(new Checker(List.of(), List.of()), Checker.check(history));
  }

  @Test
  void overlappingOperationsMayHaveEitherOrder() {
    write(10, 20, "s1.1");
    write(30, 60, "s1.2");
    read(35, 40, "s1.2");
    read(41, 42, "s1.2");
    read(31, 70, "s1.1");
    write(100, 200, "s1.3");
    write(110, 190, "s1.4");
    read(201, 202, "s1.3");
    assertGood();
  }

  @Test
  void aWriteWithoutAnswerMayHappenLateOrNever() {
    lostWrite(10, 20, "s1.1");
    lostWrite(21, 25, "s1.9");
    read(30, 31, "");
    write(40, 41, "s1.2");
    read(50, 51, "s1.2");
    read(60, 61, "s1.1");
    assertGood();
  }

  @Test
  void aWriteWithoutAnswerHappensOnlyOnce() {
    lostWrite(10, 20, "s1.1");
    read(30, 31, "s1.1");
    write(40, 41, "s1.2");
    read(60, 61, "s1.1");
    assertFound("\"s1.1\" and \"s1.2\" cannot be put in an order");
  }

  @Test
  void aLostWriteIsFound() {
    write(10, 20, "s1.1");
    write(30, 40, "s1.2");
    read(50, 60, "s1.1");
    assertFound("\"s1.1\" and \"s1.2\" cannot be put in an order");
  }

  @Test
  void anEmptySessionInPlaceOfAnErrorIsFound() {
    write(10, 20, "s1.1");
    read(30, 40, "");
    assertFound("\"\" and \"s1.1\" cannot be put in an order");
  }

  /** What a read saw of it before it was answered may be undone, and is told apart. */
  @Test
  void aWriteUnderWayMayBeUndone() {
    write(10, 20, "s1.1");
    lostWrite(30, 90, "s1.2");
    read(40, 50, "s1.2");
    read(60, 70, "s1.1");
    Checker found = Checker.check(history);
    assertEquals(List.of(), found.violations());
    assertEquals(1, found.undone().size());
    read(91, 92, "s1.2");
    read(93, 94, "s1.1");
    assertFound("cannot be put in an order");
  }

  @Test
  void aValueThatComesBackIsFound() {
    write(10, 20, "s1.1");
    read(21, 22, "s1.1");
    write(30, 40, "s1.2");
    read(50, 51, "s1.2");
    read(52, 53, "s1.1");
    assertFound("cannot be put in an order");
  }

  @Test
  void strangeValuesAreFound() {
    read(10, 20, "s2.1");
    assertFound("another session's");
    read(30, 40, "s1.77");
    assertFound("never written");
    read(50, 60, "s1.5");
    write(70, 80, "s1.5");
    assertFound("read before it was written");
  }

  @Test
  void aRefusedWriteThatCountedIsFound() {
    add(Kind.WRITE, 10, 20, Outcome.REFUSED, 503, "s1.1");
    read(30, 40, "s1.1");
    assertFound("although its write was refused");
  }

  @Test
  void aSessionThatNobodyEndedIsMissed() {
    write(10, 20, "s1.1");
    refused(Kind.READ, 30, 40, "session-ended");
    assertFound("the session is lost");
  }

  @Test
  void anEndWithoutAnswerExplainsIt() {
    add(Kind.END, 25, 35, Outcome.UNKNOWN, 0, "");
    refused(Kind.READ, 30, 40, "session-ended");
    assertGood();
    read(50, 60, "");
    assertFound("served again");
  }

  @Test
  void aRevivedSessionIsFound() {
    write(10, 20, "s1.1");
    add(Kind.END, 30, 40, Outcome.DONE, 204, "");
    refused(Kind.READ, 50, 60, "session-ended");
    assertGood();
    write(70, 80, "s1.2");
    assertFound("served again");
  }

  @Test
  void tokensAreReplacedByRotationsOnly() {
    refused(Kind.READ, 10, 20, "token-replaced");
    assertFound("no rotation replaced this token");
  }

  @Test
  void theTokenFromBeforeALoginIsDead() {
    add(Kind.LOGIN, 10, 20, Outcome.DONE, 204, "s1.1");
    add(Kind.READ, 15, 30, Outcome.DONE, 200, "", "s1.1", 0);
    add(Kind.READ, 31, 35, Outcome.DONE, 200, "", "s1.1", 1);
    refused(Kind.READ, 36, 40, "token-replaced");
    assertGood();
    add(Kind.READ, 50, 60, Outcome.DONE, 200, "", "s1.1", 0);
    assertFound("from before a login");
  }
}
