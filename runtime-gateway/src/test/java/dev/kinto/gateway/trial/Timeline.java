package dev.kinto.gateway.trial;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was done to the gateways, and when. Safe for many threads. */
final class Timeline {
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<Duration> recoveries = new CopyOnWriteArrayList<>();

  void add(String what, long begin, long end) {
    faults.add(new Fault(what, begin, end));
  }

  /** After a fault all gateways were ready again within this time. */
  void recovered(Duration time) {
    recoveries.add(time);
  }

  List<Fault> faults() {
    return faults;
  }

  /** Of each recovery, how long it took. */
  List<Duration> recoveries() {
    return recoveries;
  }

  /**
   * A fault.
   *
   * @param begin by {@link System#nanoTime}
   * @param end when the trial itself did nothing bad any more
   */
  record Fault(String what, long begin, long end) {}
}
