package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.TrafficView.FlowView;
import dev.kinto.gateway.admin.TrafficView.PastView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The calls of a route or of an upstream: how many there were, how many failed, and how long they
 * took lately. Safe for use by any number of threads.
 */
final class Flow {
  /** What rates and percentiles are of. */
  static final Duration LATELY = Duration.ofMinutes(1);

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int STEPS = 360;

  private static final int CALLS = 0;
  private static final int CLIENT_ERRORS = 1;
  private static final int SERVER_ERRORS = 2;
  private static final int TIMES = 3;
  private static final int KINDS = TIMES + LatencyBuckets.COUNT;

  private final LongAdder calls = new LongAdder();
  private final LongAdder clientErrors = new LongAdder();
  private final LongAdder serverErrors = new LongAdder();
  private final Timeline lately = new Timeline(2, LATELY, KINDS);
  private volatile long last;

  /** A call has ended. */
  void count(int status, Duration time, long now) {
    last = now;
    calls.increment();
    if (status >= 500) {
      serverErrors.increment();
    } else if (status >= 400) {
      clientErrors.increment();
    }
    lately.add(now, kinds(status, time));
  }

  /** All that a call counts as. */
  private static int[] kinds(int status, Duration time) {
    int bucket = TIMES + LatencyBuckets.of(time);
    return status < 400
        ? new int[] {CALLS, bucket}
        : new int[] {CALLS, status >= 500 ? SERVER_ERRORS : CLIENT_ERRORS, bucket};
  }

  /** Whether the last call was longer ago than what is told of lately. */
  boolean isIdle(long now) {
    return now - last > 2 * LATELY.toNanos();
  }

  FlowView view(long now) {
    double[] counts = lately.lately(now);
    return new FlowView(
        calls.sum(),
        clientErrors.sum(),
        serverErrors.sum(),
        perSecond(counts[CALLS]),
        perSecond(counts[CLIENT_ERRORS]),
        perSecond(counts[SERVER_ERRORS]),
        LatencyBuckets.percentile(counts, TIMES, 0.5),
        LatencyBuckets.percentile(counts, TIMES, 0.95),
        LatencyBuckets.percentile(counts, TIMES, 0.99));
  }

  /** What so many in {@link #LATELY} are in a second. */
  static double perSecond(double count) {
    return Math.round(1_000 * count / LATELY.toSeconds()) / 1_000.0;
  }

  /** All calls of the last hour, step by step. Safe for use by any number of threads. */
  static final class Hour {
    private final Timeline steps = new Timeline(STEPS + 1, STEP, KINDS);

    void count(int status, Duration time, long now) {
      steps.add(now, kinds(status, time));
    }

    /** The steps that are over, the oldest first. */
    List<PastView> view(long now, Instant time) {
      Instant running = time.minusNanos(Math.floorMod(now, STEP.toNanos()));
      List<PastView> past = new ArrayList<>(STEPS);
      for (int back = STEPS; back >= 1; back--) {
        double[] counts = steps.counts(now, back);
        past.add(
            new PastView(
                running.minus(STEP.multipliedBy(back)),
                (long) counts[CALLS],
                (long) counts[CLIENT_ERRORS],
                (long) counts[SERVER_ERRORS],
                LatencyBuckets.percentile(counts, TIMES, 0.5),
                LatencyBuckets.percentile(counts, TIMES, 0.95)));
      }
      return past;
    }
  }
}
