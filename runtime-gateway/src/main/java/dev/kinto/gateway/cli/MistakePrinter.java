package dev.kinto.gateway.cli;

import dev.kinto.apidoc.SourcePosition;
import dev.kinto.declaration.Mistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints mistakes as compilers do, so that editors find the place: the mistake, the line of the
 * source and a caret under the column.
 */
final class MistakePrinter {
  /** Longer lines are machine-made and would hide the message. */
  private static final int LONGEST_LINE = 300;

  private final PrintWriter err;
  private final Map<String, List<String>> linesByFile = new HashMap<>();

  MistakePrinter(PrintWriter err) {
    this.err = err;
  }

  void print(List<Mistake> mistakes) throws IOException {
    for (Mistake mistake : mistakes) {
      err.println(printable(mistake.toString()));
      if (mistake.at() instanceof SourcePosition at) {
        excerpt(at);
      }
    }
  }

  private void excerpt(SourcePosition at) throws IOException {
    List<String> lines = lines(at.file());
    String line = at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
    if (line.isBlank() || line.length() > LONGEST_LINE) {
      return;
    }
    err.println(printable(line));
    // Tabs stay tabs, so that the caret stands under its character however wide they are shown.
    StringBuilder indent = new StringBuilder();
    line.chars().limit(at.column() - 1L).forEach(c -> indent.append(c == '\t' ? '\t' : ' '));
    err.println(indent + "^");
  }

  private List<String> lines(String file) throws IOException {
    List<String> known = linesByFile.get(file);
    if (known == null) {
      String content = new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
      known = content.substring(content.startsWith("\uFEFF") ? 1 : 0).lines().toList();
      linesByFile.put(file, known);
    }
    return known;
  }

  /** A source's control characters could otherwise drive the reader's terminal. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
        printable.setCharAt(i, '?');
      }
    }
    return printable.toString();
  }
}
