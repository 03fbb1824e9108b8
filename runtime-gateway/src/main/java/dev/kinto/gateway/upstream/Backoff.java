package dev.kinto.gateway.upstream;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether an upstream is set aside because it could not be reached, and when it is tried again, by
 * exponential backoff with jitter: one second later, then twice as long each time, 30 seconds at
 * most, a fifth of it left to chance so that gateways do not try all at once (contract C34).
 *
 * <p>Times are those of {@link System#nanoTime}. Safe for use by any number of threads.
 */
final class Backoff {
  private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);

  private final AtomicLong due = new AtomicLong();
  private volatile int failures;
  private long lastFailure;

  /** Whether the upstream is in use. */
  boolean none() {
    return failures == 0;
  }

  /** When an upstream that is set aside is to be tried again. */
  long due() {
    return due.get();
  }

  /**
   * Takes the one try that is due, if it is. Who takes it moves the next one on by the time that
   * the try may need, so that nobody else tries meanwhile and a try that never ends blocks nothing.
   */
  boolean claimTry(long now, long tryNanos) {
    long at = due.get();
    return failures > 0 && now - at >= 0 && due.compareAndSet(at, now + tryNanos);
  }

  /**
   * It could not be reached. Of tries that ran side by side only the first to fail counts.
   *
   * @return whether it was in use until now
   */
  synchronized boolean failed(long tryBegan, long now) {
    if (failures > 0 && tryBegan - lastFailure < 0) {
      return false;
    }
    lastFailure = now;
    long delay = Math.min(LONGEST, FIRST << Math.min(failures, 5));
    failures = failures + 1;
    due.set(now + delay - ThreadLocalRandom.current().nextLong(delay / 5));
    return failures == 1;
  }

  /**
   * It was reached.
   *
   * @return whether it was set aside until now
   */
  boolean over() {
    return failures > 0 && forget();
  }

  private synchronized boolean forget() {
    boolean aside = failures > 0;
    failures = 0;
    return aside;
  }
}
