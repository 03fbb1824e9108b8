package dev.kinto.processor;

import java.util.regex.Pattern;

/** An author's words as Javadoc of generated code: whatever they hold, they stay words. */
final class JavadocText {
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

  private JavadocText() {}

  /** Running text. */
  static String words(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        // A tag, the end of the comment, and a Unicode escape, which javac reads even here.
        case '@' -> escaped.append("&#64;");
        case '/' -> escaped.append(i > 0 && text.charAt(i - 1) == '*' ? "&#47;" : "/");
        case '\\' -> escaped.append("&#92;");
        default -> escaped.append(c);
      }
    }
    return LINE_BREAK.matcher(escaped.toString().strip()).replaceAll("\n");
  }

  /** The same as a sentence: with a full stop at its end. */
  static String sentence(String text) {
    String words = words(text);
    return words.isEmpty() || ".!?".indexOf(words.charAt(words.length() - 1)) >= 0
        ? words
        : words + ".";
  }

  /** Code: a field, a method and path. */
  static String code(String text) {
    return text.equals(words(text)) && hasPairedBraces(text)
        ? "{@code " + text + "}"
        : "<code>" + words(text) + "</code>";
  }

  private static boolean hasPairedBraces(String text) {
    int open = 0;
    for (int i = 0; i < text.length() && open >= 0; i++) {
      char c = text.charAt(i);
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return open == 0;
  }
}
