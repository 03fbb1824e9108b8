package dev.kinto.gateway.config;

import dev.kinto.manifest.FieldName;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The session fields whose values no operator sees (contract C44): names, in which {@code *} stands
 * for any characters, compared folded (contract C2).
 *
 * @param patterns for instance {@code auth-email} and {@code *-token}
 */
public record SensitiveFields(List<String> patterns) {
  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._*-]{1,128}");

  /** Copies the list. */
  public SensitiveFields {
    patterns = List.copyOf(patterns);
  }

  static String pattern(String text) {
    if (!PATTERN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the name of a session field is wanted, in which \"*\" stands for any characters, for"
              + " instance \"auth-email\" or \"*-token\".");
    }
    return text;
  }

  static boolean isFieldName(String text) {
    return PATTERN.matcher(text).matches() && text.indexOf('*') < 0 && text.indexOf('-', 1) > 0;
  }

  /** Whether the value of a field must not be shown. */
  public boolean hide(String fieldName) {
    String folded = FieldName.fold(fieldName);
    return patterns.stream().anyMatch(each -> matches(each, folded));
  }

  private static boolean matches(String pattern, String folded) {
    String regex =
        Stream.of(FieldName.fold(pattern).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return folded.matches(regex);
  }
}
