package dev.kinto.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long, on one thread for all: what it runs must not wait for anything. */
final class CallClock {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private CallClock() {}

  /** Runs an action after a time, unless what is returned is cancelled before. */
  static Future<?> after(Duration time, Runnable action) {
    return CLOCK.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("kinto-call-limits").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
