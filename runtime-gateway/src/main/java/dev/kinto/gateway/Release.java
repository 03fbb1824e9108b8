package dev.kinto.gateway;

import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.contracts.Contracts;
import dev.kinto.gateway.contracts.Finding;
import dev.kinto.gateway.contracts.Severity;
import dev.kinto.gateway.contracts.Summary;
import dev.kinto.gateway.route.Environments;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What another version of a microservice changes for the rest of its environment, in the words of
 * {@code diff} (contract C41, C42).
 */
final class Release {
  private static final int MOST_NAMED = 8;

  private final List<Finding> findings;

  private Release(List<Finding> findings) {
    this.findings = findings;
  }

  static Release between(Environments before, Environments after, ServiceId service) {
    return new Release(contracts(before, service).diffTo(contracts(after, service)).all());
  }

  private static Contracts contracts(Environments environments, ServiceId of) {
    return environments.named(of.environment()).contracts();
  }

  /** What readers of session fields would suffer: reasons to refuse it. */
  List<String> breaksReaders() {
    return summary(
        Release::breaksReaders,
        finding -> finding.text() + finding.mend().map(mend -> " " + mend).orElse(""));
  }

  private static boolean breaksReaders(Finding finding) {
    return finding.kind().concernsReaders() && finding.severity() == Severity.ERROR;
  }

  /** What callers may suffer, and what the operator may have to do. */
  List<String> warnings() {
    return summary(
        finding -> !breaksReaders(finding) && finding.severity() != Severity.NOTE, Finding::text);
  }

  private List<String> summary(Predicate<Finding> which, Function<Finding, String> text) {
    return Summary.of(findings.stream().filter(which).toList(), text);
  }

  /** One line for the log. */
  @Override
  public String toString() {
    if (findings.isEmpty()) {
      return "nothing is different for anybody";
    }
    String named =
        findings.stream()
            .limit(MOST_NAMED)
            .map(finding -> finding.message().replaceFirst("\\.$", ""))
            .collect(Collectors.joining("; "));
    int others = findings.size() - MOST_NAMED;
    return others > 0 ? named + "; and " + others + " more" : named;
  }
}
