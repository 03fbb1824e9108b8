package dev.kinto.gateway.admin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts of several kinds over the last while: a ring of slots, each of which counts for a span of
 * time and is replaced by a new one when its place comes round again. Times are those of {@link
 * System#nanoTime}. Safe for use by any number of threads, none of which waits for another.
 */
final class Timeline {
  private final AtomicReferenceArray<@Nullable Slot> ring;
  private final long span;
  private final int kinds;

  /** The counts of the span of time that has this number. */
  private record Slot(long number, AtomicIntegerArray counts) {}

  /**
   * A timeline on which nothing has been counted.
   *
   * @param slots how many spans are remembered, the running one among them
   * @param span the time of each
   * @param kinds how many counts there are for each
   */
  Timeline(int slots, Duration span, int kinds) {
    this.ring = new AtomicReferenceArray<>(slots);
    this.span = span.toNanos();
    this.kinds = kinds;
  }

  /** Counts one more of each of these kinds. */
  void add(long now, int... of) {
    AtomicIntegerArray counts = current(Math.floorDiv(now, span));
    for (int kind : of) {
      counts.incrementAndGet(kind);
    }
  }

  private AtomicIntegerArray current(long number) {
    int place = place(number);
    while (true) {
      Slot there = ring.get(place);
      // A later one: this thread read the clock long ago, and may as well be late.
      if (there != null && there.number() >= number) {
        return there.counts();
      }
      Slot fresh = new Slot(number, new AtomicIntegerArray(kinds));
      if (ring.compareAndSet(place, there, fresh)) {
        return fresh.counts();
      }
    }
  }

  private int place(long number) {
    return (int) Math.floorMod(number, (long) ring.length());
  }

  /**
   * The counts of a past span.
   *
   * @param back how many spans before the running one; less than there are slots
   */
  double[] counts(long now, int back) {
    long number = Math.floorDiv(now, span) - back;
    Slot slot = ring.get(place(number));
    double[] counts = new double[kinds];
    if (slot != null && slot.number() == number) {
      for (int kind = 0; kind < kinds; kind++) {
        counts[kind] = slot.counts().get(kind);
      }
    }
    return counts;
  }

  /**
   * The counts of the time of one span that ends now: of the span before the running one as large a
   * share as belongs to it.
   */
  double[] lately(long now) {
    double[] counts = counts(now, 0);
    double[] before = counts(now, 1);
    double share = 1 - (double) Math.floorMod(now, span) / span;
    for (int kind = 0; kind < kinds; kind++) {
      counts[kind] += share * before[kind];
    }
    return counts;
  }
}
