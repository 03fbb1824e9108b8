package dev.kinto.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When an upstream that could not be reached is tried again (contract C34). */
class BackoffTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Backoff backoff = new Backoff();
  private long now = 1000 * SECOND;

  @Test
  void theTimeDoublesFromOneSecondToThirtyLessAFifthAtMost() {
    for (long longest : new long[] {1, 2, 4, 8, 16, 30, 30, 30}) {
      backoff.failed(now, now);
      long delay = backoff.due() - now;

      assertTrue(delay <= longest * SECOND, delay + " is longer than " + longest + " s");
      assertTrue(delay >= longest * SECOND / 5 * 4, delay + " is much shorter than " + longest);
      now = backoff.due();
    }
  }

  @Test
  void oneTryIsMadeAtATime() {
    backoff.failed(now, now);

    assertFalse(backoff.none());
    assertFalse(backoff.claimTry(now, SECOND), "it is not due yet");
    now = backoff.due();
    assertTrue(backoff.claimTry(now, SECOND));
    assertFalse(backoff.claimTry(now, SECOND), "another try is under way");
    assertTrue(backoff.claimTry(now + SECOND, SECOND), "a try that never ends blocks nothing");
  }

  @Test
  void requestsThatFailSideBySideCountOnce() {
    backoff.failed(now, now + 1);
    long due = backoff.due();
    backoff.failed(now, now + 2);

    assertEquals(due, backoff.due());
  }

  @Test
  void successEndsIt() {
    backoff.failed(now, now);
    backoff.over();

    assertTrue(backoff.none());
    assertFalse(backoff.claimTry(now + 60 * SECOND, SECOND));
    backoff.failed(now + SECOND, now + SECOND);
    assertTrue(backoff.due() - now <= 2 * SECOND, "and it begins with one second again");
  }
}
