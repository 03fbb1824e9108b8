package dev.kinto.declaration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The status of answers that a group of {@code @ApiSuccess} or {@code @ApiError} names. */
final class AnswerStatus {
  private static final Pattern STATUS = Pattern.compile("[1-5](\\d\\d|[xX]{2})");

  private AnswerStatus() {}

  /** {@code 201}, {@code Success 201} and {@code 201 Created} all name {@code 201}. */
  static Optional<String> in(String group) {
    // What the apidoc tool itself calls errors of no group.
    if (group.equals("Error 4xx")) {
      return Optional.of("400");
    }
    for (String word : group.split(" ", -1)) {
      if (STATUS.matcher(word).matches()) {
        return Optional.of(word.toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }
}
