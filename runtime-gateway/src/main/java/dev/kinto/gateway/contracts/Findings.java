package dev.kinto.gateway.contracts;

import java.util.Comparator;
import java.util.List;

/**
 * What {@code check} or {@code diff} found, sorted by file and place, and its forms for machines.
 *
 * @param all every finding
 */
public record Findings(List<Finding> all) {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> finding.place().file())
          .thenComparingInt(finding -> finding.place().line())
          .thenComparingInt(finding -> finding.place().column())
          .thenComparing(Finding::kind)
          .thenComparing(Finding::message);

  /** Sorts the findings and drops repetitions. */
  public Findings {
    all = all.stream().distinct().sorted(ORDER).toList();
  }

  /** How many there are of a severity. */
  public int count(Severity severity) {
    return (int) all.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** The findings as one JSON object; docs/contracts.md describes it. */
  public String toJson() {
    return JsonReport.write(this);
  }

  /** The findings as a SARIF 2.1.0 log, which code hosts show beside the source. */
  public String toSarif() {
    return SarifReport.write(this);
  }
}
