package dev.kinto.gateway.cli;

import dev.kinto.apidoc.SourceFile;
import dev.kinto.apidoc.SourcePosition;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints mistakes as compilers do, so that editors find the place: the mistake, the line of the
 * source and a caret under the column. Errors come first; of many warnings of one kind the first
 * few are shown and the others counted, so that none is buried.
 */
final class MistakePrinter {
  /** Longer lines are machine-made and would hide the message. */
  private static final int LONGEST_LINE = 300;

  private final PrintWriter err;
  private final long shownOfAKind;
  private final Map<String, List<String>> linesByFile = new HashMap<>();

  /**
   * A printer.
   *
   * @param shownOfAKind how many warnings of one kind are shown
   */
  MistakePrinter(PrintWriter err, long shownOfAKind) {
    this.err = err;
    this.shownOfAKind = shownOfAKind;
  }

  void print(List<Mistake> mistakes) throws IOException {
    for (Mistake mistake : mistakes) {
      if (!mistake.rule().warning()) {
        print(mistake);
      }
    }
    Map<Rule, List<Mistake>> warnings = new LinkedHashMap<>();
    mistakes.stream()
        .filter(mistake -> mistake.rule().warning())
        .forEach(
            mistake ->
                warnings.computeIfAbsent(mistake.rule(), rule -> new ArrayList<>()).add(mistake));
    for (Map.Entry<Rule, List<Mistake>> kind : warnings.entrySet()) {
      printKind(kind.getKey(), kind.getValue());
    }
  }

  private void printKind(Rule rule, List<Mistake> warnings) throws IOException {
    int shown = (int) Math.min(shownOfAKind, warnings.size());
    for (Mistake warning : warnings.subList(0, shown)) {
      print(warning);
    }
    int others = warnings.size() - shown;
    if (others > 0) {
      err.printf(
          "warning: [%s] and %d more of this kind; --all-warnings shows them%n", rule.id(), others);
    }
  }

  private void print(Mistake mistake) throws IOException {
    err.println(Printable.of(mistake.toString()));
    if (mistake.at() instanceof SourcePosition at) {
      excerpt(at);
    }
  }

  private void excerpt(SourcePosition at) throws IOException {
    List<String> lines = lines(at.file());
    String line = at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
    if (line.isBlank() || line.length() > LONGEST_LINE) {
      return;
    }
    err.println(Printable.of(line));
    // Tabs stay tabs, so that the caret stands under its character however wide they are shown.
    StringBuilder indent = new StringBuilder();
    line.chars().limit(at.column() - 1L).forEach(c -> indent.append(c == '\t' ? '\t' : ' '));
    err.println(indent + "^");
  }

  private List<String> lines(String file) throws IOException {
    List<String> known = linesByFile.get(file);
    if (known == null) {
      known = SourceFile.read(Path.of(file)).map(SourceFile::lines).orElse(List.of());
      linesByFile.put(file, known);
    }
    return known;
  }
}
