package dev.kinto.gateway.config;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expands placeholders in a scalar, once (contract C43): a dollar sign and a variable's name in
 * braces, after a colon perhaps a default. What a variable holds is never looked into again, and
 * two dollar signs before a brace stand for a literal dollar sign.
 */
final class Placeholders {
  /** What systems and orchestrators let a variable be called. */
  private static final Pattern NAME = Pattern.compile("[-._A-Za-z][-._A-Za-z0-9]*");

  /** What follows the colon in a shell, and is easily written here by habit. */
  private static final String SHELL_OPERATORS = "-?+=";

  private final UnaryOperator<@Nullable String> variables;

  Placeholders(UnaryOperator<@Nullable String> variables) {
    this.variables = variables;
  }

  /**
   * Expands all placeholders of a text.
   *
   * @param secret whether the text is a secret's, which should have no default
   * @throws IllegalArgumentException that names the variable that is unset, or says what is wrong
   *     between the braces
   */
  String expand(String text, boolean secret) {
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
      expanded.append(text, from, dollar).append(value(text.substring(dollar + 2, close), secret));
      from = close + 1;
    }
    return expanded.append(text, from, text.length()).toString();
  }

  private String value(String placeholder, boolean secret) {
    int colon = placeholder.indexOf(':');
    String name = colon < 0 ? placeholder : placeholder.substring(0, colon);
    String absent = colon < 0 ? "" : placeholder.substring(colon + 1);
    if (!absent.isEmpty() && SHELL_OPERATORS.indexOf(absent.charAt(0)) >= 0) {
      throw new IllegalArgumentException(
          "\"${"
              + name
              + ":"
              + absent.charAt(0)
              + "…}\" is a shell's form. Here "
              + (secret
                  ? "a variable is written ${" + name + "}; a secret has no default."
                  : "a default follows the colon at once, ${"
                      + name
                      + ":default}, and a variable without one, ${"
                      + name
                      + "}, must be set."));
    }
    if (absent.contains("${")) {
      throw new IllegalArgumentException(
          "a default is a plain text, in which nothing is expanded: it can hold no \"${\". Write"
              + " one variable, and set it where the gateway is started.");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "between \"${\" and \"}\" the name of an environment variable is wanted: letters,"
              + " digits, \"_\", \".\" and \"-\", no digit first. Write \"$${\" for a literal"
              + " \"${\".");
    }
    String value = variables.apply(name);
    if (value == null && colon < 0) {
      throw new IllegalArgumentException(
          "the environment variable "
              + name
              + " is not set. Set it"
              + (secret
                  ? " where the gateway is started."
                  : ", or give a default: ${" + name + ":default}"));
    }
    return value == null ? absent : value;
  }
}
