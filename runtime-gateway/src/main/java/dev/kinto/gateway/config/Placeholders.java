package dev.kinto.gateway.config;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Expands placeholders in a scalar, once (contract C43): a dollar sign and a variable's name in
 * braces, after a colon perhaps a default. What a variable holds is never looked into again, and
 * two dollar signs before a brace stand for a literal dollar sign.
 */
final class Placeholders {
  private final UnaryOperator<@Nullable String> variables;

  Placeholders(UnaryOperator<@Nullable String> variables) {
    this.variables = variables;
  }

  /**
   * Expands all placeholders of a text.
   *
   * @throws IllegalArgumentException that names the variable that is unset or the brace that lacks
   */
  String expand(String text) {
    StringBuilder expanded = new StringBuilder(text.length());
    int from = 0;
    for (int dollar = text.indexOf("${"); dollar >= 0; dollar = text.indexOf("${", from)) {
      if (dollar > from && text.charAt(dollar - 1) == '$') {
        expanded.append(text, from, dollar - 1).append("${");
        from = dollar + 2;
        continue;
      }
      int close = text.indexOf('}', dollar);
      if (close < 0) {
        throw new IllegalArgumentException(
            "\"${\" lacks its \"}\". Write \"$${\" for a literal \"${\".");
      }
      expanded.append(text, from, dollar).append(value(text.substring(dollar + 2, close)));
      from = close + 1;
    }
    return expanded.append(text, from, text.length()).toString();
  }

  private String value(String placeholder) {
    int colon = placeholder.indexOf(':');
    String name = colon < 0 ? placeholder : placeholder.substring(0, colon);
    String value = variables.apply(name);
    if (value != null) {
      return value;
    }
    if (colon < 0) {
      throw new IllegalArgumentException(
          "the environment variable "
              + name
              + " is not set. Set it, or give a default: ${"
              + name
              + ":default}");
    }
    return placeholder.substring(colon + 1);
  }
}
