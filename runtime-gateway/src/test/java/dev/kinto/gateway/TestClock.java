package dev.kinto.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it, and can be broken. Safe for use by any number of
 * threads.
 */
final class TestClock implements InstantSource {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  private final AtomicLong nanos = new AtomicLong();
  private volatile boolean broken;

  @Override
  public Instant instant() {
    if (broken) {
      throw new IllegalStateException("the clock's own words");
    }
    return now.get();
  }

  /** From now on it fails when it is read, or works again. */
  void setBroken(boolean broken) {
    this.broken = broken;
  }

  /** What {@link System#nanoTime} would be: it goes on, and is never set. */
  long nanoTime() {
    return nanos.get();
  }

  /** Time goes by. */
  void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
    set(duration);
  }

  /** Somebody sets the clock, forward or back. */
  void set(Duration step) {
    now.updateAndGet(instant -> instant.plus(step));
  }
}
