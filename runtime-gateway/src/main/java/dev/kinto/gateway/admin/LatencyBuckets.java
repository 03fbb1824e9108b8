package dev.kinto.gateway.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Buckets for times, four for each doubling from 64 microseconds to a minute: so a percentile is
 * off by an eighth at most.
 */
final class LatencyBuckets {
  private static final int LEAST_BITS = 6;
  private static final int MOST_BITS = 26;
  private static final int IN_A_DOUBLING = 4;

  /** How many there are. */
  static final int COUNT = (MOST_BITS - LEAST_BITS) * IN_A_DOUBLING + 1;

  private LatencyBuckets() {}

  /** The bucket of a time. */
  static int of(Duration time) {
    long micros = TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, micros));
    if (bits < LEAST_BITS) {
      return 0;
    }
    int within = (int) (micros >> (bits - 2)) % IN_A_DOUBLING;
    return Math.min(COUNT - 1, (bits - LEAST_BITS) * IN_A_DOUBLING + within + 1);
  }

  /** The least time of a bucket, in microseconds. */
  private static double least(int bucket) {
    if (bucket == 0) {
      return 0;
    }
    int above = bucket - 1;
    double doubling = 1L << (LEAST_BITS + above / IN_A_DOUBLING);
    return doubling * (1 + (double) (above % IN_A_DOUBLING) / IN_A_DOUBLING);
  }

  /**
   * The time that a share of all counted stays below, in milliseconds.
   *
   * @param counts has one for each bucket, from this index on
   * @param share from 0 to 1
   * @return empty if nothing was counted
   */
  static Optional<Double> percentile(double[] counts, int from, double share) {
    double all = 0;
    for (int bucket = 0; bucket < COUNT; bucket++) {
      all += counts[from + bucket];
    }
    if (all == 0) {
      return Optional.empty();
    }
    double left = all * share;
    int bucket = 0;
    while (bucket < COUNT - 1 && left > counts[from + bucket]) {
      left -= counts[from + bucket];
      bucket++;
    }
    double within = Math.min(1, left / Math.max(1e-9, counts[from + bucket]));
    double micros = least(bucket) + within * (least(bucket + 1) - least(bucket));
    return Optional.of(Math.round(micros) / 1_000.0);
  }
}
