package dev.kinto.gateway.cli;

import dev.kinto.gateway.contracts.Finding;
import dev.kinto.gateway.contracts.Finding.Related;
import dev.kinto.gateway.contracts.Findings;
import dev.kinto.gateway.contracts.Place;
import dev.kinto.gateway.contracts.Severity;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Prints findings as compilers do, so that terminals and editors find the place: the finding, the
 * line of the manifest, a caret under what is wrong, and the mend.
 */
final class FindingPrinter {
  /** Longer lines are cut on both sides of what is wrong. */
  private static final int WIDTH = 120;

  private final PrintWriter out;
  private final Ansi ansi;

  FindingPrinter(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  /** Prints everything, and a last line with the sum. */
  void print(Findings findings, String nothing) {
    findings.all().forEach(this::print);
    out.println(
        findings.all().isEmpty()
            ? nothing
            : count(findings, Severity.ERROR)
                + ", "
                + count(findings, Severity.WARNING)
                + ", "
                + count(findings, Severity.NOTE));
  }

  private static String count(Findings findings, Severity severity) {
    int count = findings.count(severity);
    return String.format(Locale.ROOT, "%d %s%s", count, severity.word(), count == 1 ? "" : "s");
  }

  private void print(Finding finding) {
    Style colour =
        switch (finding.severity()) {
          case ERROR -> Style.fg_red;
          case WARNING -> Style.fg_yellow;
          case NOTE -> Style.fg_cyan;
        };
    out.println(
        coloured(finding.place().toString(), Style.bold)
            + ": "
            + coloured(finding.severity().word(), Style.bold, colour)
            + ": "
            + Printable.of(finding.text()));
    excerpt(finding.place(), colour);
    for (Related related : finding.related()) {
      out.println("  see:  " + related.place() + ": " + Printable.of(related.message()));
    }
    finding.mend().ifPresent(mend -> out.println("  mend: " + mend));
    out.println();
  }

  private void excerpt(Place place, Style colour) {
    int start = place.column() - 1;
    int from = place.source().length() <= WIDTH ? 0 : Math.max(0, start - WIDTH / 3);
    int to = Math.min(place.source().length(), from + WIDTH);
    if (start >= to || place.source().isBlank()) {
      return;
    }
    String number = Integer.toString(place.line());
    String margin = coloured(number + " | ", Style.faint);
    out.println("  " + margin + Printable.of(place.source().substring(from, to)));
    StringBuilder indent = new StringBuilder(" ".repeat(number.length()) + " | ");
    // Tabs stay tabs, so that the caret stands under its character however wide they are shown.
    place
        .source()
        .substring(from, start)
        .chars()
        .forEach(c -> indent.append(c == '\t' ? '\t' : ' '));
    String caret = "^" + "~".repeat(Math.max(0, Math.min(to - start, place.length()) - 1));
    out.println("  " + coloured(indent.toString(), Style.faint) + coloured(caret, colour));
  }

  private String coloured(String text, Style... styles) {
    String printable = Printable.of(text);
    return ansi.enabled() ? Style.on(styles) + printable + Style.off(styles) : printable;
  }
}
