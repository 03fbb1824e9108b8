package dev.kinto.apidoc;

import dev.kinto.declaration.Position;
import dev.kinto.declaration.Text;
import java.util.Arrays;
import java.util.List;

/** The text of a comment, which knows the place of each of its characters. */
final class PlacedText {
  private final String text;
  private final ApidocComment.Locator locator;
  private final int[] lineStarts;

  PlacedText(String text, ApidocComment.Locator locator) {
    this.text = text;
    this.locator = locator;
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    int lines = 1 + (int) text.chars().filter(c -> c == '\n').count();
    int[] starts = new int[lines];
    for (int line = 1; line < lines; line++) {
      starts[line] = text.indexOf('\n', starts[line - 1]) + 1;
    }
    return starts;
  }

  int length() {
    return text.length();
  }

  int lines() {
    return lineStarts.length;
  }

  /** The offset of the first character of a line, counted from 0. */
  int lineStart(int line) {
    return lineStarts[line];
  }

  /** The offset after the last character of a line, counted from 0, without its line break. */
  int lineEnd(int line) {
    return line + 1 < lineStarts.length ? lineStarts[line + 1] - 1 : text.length();
  }

  /** The offset at which the line of another offset ends. */
  int lineEndAfter(int offset) {
    return lineEnd(lineOf(offset));
  }

  boolean startsWith(String wanted, int offset) {
    return text.startsWith(wanted, offset);
  }

  char charAt(int offset) {
    return text.charAt(offset);
  }

  /** The first offset from the given one on, at most {@code end}, that is no white space. */
  int skipSpace(int offset, int end) {
    return Space.skip(text, offset, end);
  }

  /** The first offset from the given one on, at most {@code end}, that is white space. */
  int skipWord(int offset, int end) {
    int at = offset;
    while (at < end && !Space.is(text.charAt(at))) {
      at++;
    }
    return at;
  }

  String substring(int start, int end) {
    return text.substring(start, end);
  }

  /** A range without the white space around it. */
  Text word(int start, int end) {
    int first = skipSpace(start, end);
    int last = end;
    while (last > first && Space.is(text.charAt(last - 1))) {
      last--;
    }
    return new Text(text.substring(first, last), at(first));
  }

  /** A range as one line, in which any white space became one space. */
  String oneLine(int start, int end) {
    StringBuilder line = new StringBuilder();
    for (int at = skipSpace(start, end); at < end; ) {
      int wordEnd = skipWord(at, end);
      line.append(line.isEmpty() ? "" : " ").append(text, at, wordEnd);
      at = skipSpace(wordEnd, end);
    }
    return line.toString();
  }

  /** A range as lines, each without the white space around it, without empty ones at both ends. */
  String paragraph(int start, int end) {
    StringBuilder lines = new StringBuilder();
    text.substring(start, end).lines().forEach(line -> lines.append(line.strip()).append('\n'));
    return lines.toString().strip();
  }

  /**
   * A range as paragraphs of Markdown, which apidoc's descriptions are: the lines of one are
   * joined, and its beginning, an empty line before it and the items of a list stay.
   */
  String paragraphs(int start, int end) {
    StringBuilder joined = new StringBuilder();
    boolean after = true;
    for (String line : paragraph(start, end).lines().toList()) {
      if (!line.isEmpty()) {
        joined.append(after || beginsBlock(line) ? "\n" : " ").append(line);
      } else if (!after) {
        joined.append('\n');
      }
      after = line.isEmpty();
    }
    return joined.toString().strip();
  }

  private static boolean beginsBlock(String line) {
    int digits = 0;
    while (digits < line.length() && line.charAt(digits) >= '0' && line.charAt(digits) <= '9') {
      digits++;
    }
    boolean mark = "-+*#>|".indexOf(line.charAt(0)) >= 0;
    int end = digits == 0 && mark ? 1 : digits;
    return end > 0 && line.startsWith(digits == 0 ? " " : ". ", end);
  }

  /**
   * A range of whole lines as they stand, without the indentation that all of them have, and
   * without empty ones at both ends.
   */
  String block(int start, int end) {
    List<String> lines = text.substring(start, end).lines().map(String::stripTrailing).toList();
    int indentation =
        lines.stream()
            .filter(line -> !line.isEmpty())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    StringBuilder block = new StringBuilder();
    int written = 0;
    for (String line : lines) {
      if (!line.isEmpty()) {
        block.append(line, indentation, line.length());
        written = block.length();
      }
      block.append(written == 0 ? "" : "\n");
    }
    return block.substring(0, written);
  }

  Position at(int offset) {
    int line = lineOf(offset);
    return locator.at(line + 1, offset - lineStarts[line] + 1);
  }

  private int lineOf(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found : -found - 2;
  }
}
