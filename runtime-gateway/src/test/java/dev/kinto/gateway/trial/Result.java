package dev.kinto.gateway.trial;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a trial.
 *
 * @param begin when the load was on, by {@link System#nanoTime}
 * @param undone reads of writes under way that a cut undid, see {@link Checker}
 * @param error what ended it early; absent: it ran to its end
 */
record Result(
    Trial trial,
    long begin,
    History history,
    List<Sample> samples,
    Timeline timeline,
    List<Violation> violations,
    List<Violation> undone,
    Optional<String> error) {

  Result {
    samples = samples.stream().sorted(Comparator.comparingLong(Sample::begin)).toList();
    violations = List.copyOf(violations);
    undone = List.copyOf(undone);
  }

  /** How many requests failed that must not. */
  long failed() {
    return samples.stream().filter(Sample::promised).filter(Sample::failed).count();
  }

  /** How many others failed: without a balancer, or such as it may not repeat. */
  long otherFailed() {
    return samples.stream().filter(sample -> !sample.promised() && sample.failed()).count();
  }

  /** How many calls a gateway refused that was cut off: none, if the cuts did not cut. */
  long refused() {
    return history.refused("grid-unavailable");
  }

  /** What failed and how often, for a person. */
  Map<String, Long> failures() {
    return samples.stream()
        .filter(Sample::failed)
        .collect(
            Collectors.groupingBy(
                sample -> (sample.promised() ? "balanced " : "other ") + sample.failure(),
                TreeMap::new,
                Collectors.counting()));
  }

  /** A quantile of what requests through the balancer took, in milliseconds. */
  double latency(double quantile) {
    double[] sorted =
        samples.stream().filter(Sample::promised).mapToDouble(Sample::millis).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length))];
  }

  /** The longest time until all gateways were ready after a fault. */
  Duration longestRecovery() {
    return timeline.recoveries().stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** Whether everything was as promised. */
  boolean good() {
    return violations.isEmpty()
        && error.isEmpty()
        && !samples.isEmpty()
        && (!trial.needsCuts() || refused() > 0)
        && (failed() == 0 || !trial.noFailures());
  }

  /** All that was not good, in full. */
  String complaint() {
    String failed = failed() > 0 && trial.noFailures() ? failures() + "\n" : "";
    return Arrays.asList(
            error.orElse(""),
            failed,
            violations.stream()
                .limit(20)
                .map(violation -> violation.describe(history.origin()))
                .collect(Collectors.joining("\n")))
        .stream()
        .filter(part -> !part.isEmpty())
        .collect(
            Collectors.joining(
                "\n", trial.name() + ": " + violations.size() + " violation(s)\n", ""));
  }
}
