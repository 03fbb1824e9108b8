package dev.kinto.gateway.trial;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as a table in Markdown. */
final class Report {
  private static final String HEAD =
      """
      | trial | faults | requests | writes acknowledged | reads checked | failed | median | 99 % | longest | ready again after | undone | violations |
      | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
      """;

  private Report() {}

  static String of(List<Result> results) {
    return results.stream().map(Report::line).collect(Collectors.joining("\n", HEAD, "\n"));
  }

  private static String line(Result result) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %,d | %,d | %,d | %d%s | %.1f ms | %.1f ms | %,.0f ms | %.1f s | %d | %d%s |",
        result.trial().name(),
        result.timeline().faults().size(),
        result.samples().size(),
        result.history().acknowledgedWrites(),
        result.history().answeredReads(),
        result.failed(),
        result.trial().noFailures() ? "" : " (allowed)",
        result.latency(0.5),
        result.latency(0.99),
        result.latency(1),
        result.longestRecovery().toMillis() / 1e3,
        result.undone().size(),
        result.violations().size(),
        result.error().isPresent() ? ", ended early" : "");
  }
}
