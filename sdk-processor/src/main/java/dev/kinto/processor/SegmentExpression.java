package dev.kinto.processor;

import java.util.regex.Pattern;

/**
 * Whether a regular expression in a path can match a slash, so that it is no single segment. Only
 * what is known not to match one counts as safe: literals, classes of characters without a slash
 * between them, {@code \d} and {@code \w}, negated classes that name the slash, and their
 * alternatives and repetitions.
 */
final class SegmentExpression {
  private static final String CLASS_CHARACTER = "[A-Za-z0-9_~@%:;,!' ]";

  /** Letters, digits and what comes behind them in ASCII: no range of these holds the slash. */
  private static final String RANGE = "(?:a-z|A-Z|[0-9]-[0-9]|[a-z]-[a-z]|[A-Z]-[A-Z])";

  private static final String POSITIVE_CLASS =
      "\\[-?(?:" + RANGE + "|\\\\[dw.\\-_+]|" + CLASS_CHARACTER + "|[.+*$()?])+-?\\]";

  private static final String NEGATED_CLASS = "\\[\\^[^\\[\\]\\\\&]*/[^\\[\\]\\\\&]*\\]";

  private static final Pattern SAFE =
      Pattern.compile(
          "(?:"
              + POSITIVE_CLASS
              + "|"
              + NEGATED_CLASS
              + "|\\\\[dw.\\-_+]|[A-Za-z0-9_~@%:;,!'"
              + " -]|\\(\\?:|[()|?*+^$]|\\{[0-9]+(?:,[0-9]*)?\\})*+");

  private SegmentExpression() {}

  static boolean mayMatchSlash(String expression) {
    return !SAFE.matcher(expression).matches();
  }
}
