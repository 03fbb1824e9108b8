package dev.kinto.apidoc;

import java.util.ArrayList;
import java.util.List;

/**
 * A comment of a source file: its text without delimiters and leading stars, and where each line of
 * it stands.
 *
 * @param text the lines, joined by {@code \n}
 * @param firstLine the line of the file that holds the first line, counted from 1
 * @param columns for each line the column of its first character in the file, counted from 1
 */
record SourceComment(String text, int firstLine, List<Integer> columns) {

  private static final int LONGEST_LINE = 20_000;

  /** Copies the list. */
  SourceComment {
    columns = List.copyOf(columns);
  }

  /** Whether it has tags in a line of the file that is longer than people write. */
  boolean isMachineMade(List<String> lines) {
    return text.contains("@api")
        && lines.subList(firstLine - 1, firstLine - 1 + columns.size()).stream()
            .anyMatch(line -> line.length() > LONGEST_LINE);
  }

  /** Places the characters of the text in the file. */
  ApidocComment.Locator in(String file) {
    return (line, column) ->
        new SourcePosition(file, firstLine + line - 1, columns.get(line - 1) + column - 1);
  }

  /** A comment that is being read, line by line. */
  static final class Lines {
    private final int firstLine;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> columns = new ArrayList<>();

    /** Begins at a line of the file, counted from 1. */
    Lines(int firstLine) {
      this.firstLine = firstLine;
    }

    /** Adds the part of a line of the file from one index to another. */
    void add(String line, int start, int end) {
      int from = Math.min(start, end);
      text.append(columns.isEmpty() ? "" : "\n").append(line, from, end);
      columns.add(from + 1);
    }

    SourceComment comment() {
      return new SourceComment(text.toString(), firstLine, columns);
    }
  }
}
