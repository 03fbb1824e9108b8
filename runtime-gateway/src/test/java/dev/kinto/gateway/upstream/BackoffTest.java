package dev.kinto.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When an upstream that could not be reached is tried again (contract C34). */
class BackoffTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Backoff setback = new Backoff();
  private long now = 1000 * SECOND;

  @Test
  void theTimeDoublesFromOneSecondToThirtyLessAFifthAtMost() {
    for (long longest : new long[] {1, 2, 4, 8, 16, 30, 30, 30}) {
      setback.failed(now, now);
      long delay = setback.due() - now;

      assertTrue(delay <= longest * SECOND, delay + " is longer than " + longest + " s");
      assertTrue(delay >= longest * SECOND / 5 * 4, delay + " is much shorter than " + longest);
      now = setback.due();
    }
  }

  @Test
  void oneTryIsMadeAtATime() {
    setback.failed(now, now);

    assertFalse(setback.none());
    assertFalse(setback.claimTry(now, SECOND), "it is not due yet");
    now = setback.due();
    assertTrue(setback.claimTry(now, SECOND));
    assertFalse(setback.claimTry(now, SECOND), "another try is under way");
    assertTrue(setback.claimTry(now + SECOND, SECOND), "a try that never ends blocks nothing");
  }

  @Test
  void requestsThatFailSideBySideCountOnce() {
    setback.failed(now, now + 1);
    long due = setback.due();
    setback.failed(now, now + 2);

    assertEquals(due, setback.due());
  }

  @Test
  void successEndsIt() {
    setback.failed(now, now);
    setback.over();

    assertTrue(setback.none());
    assertFalse(setback.claimTry(now + 60 * SECOND, SECOND));
    setback.failed(now + SECOND, now + SECOND);
    assertTrue(setback.due() - now <= 2 * SECOND, "and it begins with one second again");
  }
}
