package dev.kinto.processor;

import dev.kinto.export.Export;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The option {@code -Akinto.export=openapi,apidoc}: what is written beside each manifest.
 *
 * @param exports the documents asked for, in the order of {@link Export}
 * @param mistake what the user reads if a word is none of them
 */
record ExportOption(Set<Export> exports, Optional<String> mistake) {
  static final String NAME = "kinto.export";

  static ExportOption in(Map<String, String> options) {
    Set<Export> exports = EnumSet.noneOf(Export.class);
    String value = Objects.requireNonNullElse(options.get(NAME), "");
    for (String word : value.split(",", -1)) {
      Optional<Export> export = Export.named(word.strip());
      export.ifPresent(exports::add);
      // Without a value at all the option asks for nothing, and was probably meant to.
      if (export.isEmpty() && options.containsKey(NAME)) {
        String known =
            Arrays.stream(Export.values()).map(Export::word).collect(Collectors.joining(", "));
        return new ExportOption(
            Set.of(),
            Optional.of(
                "[KintoOption] -A%s takes one or more of %s, separated by commas. Found: \"%s\"."
                    .formatted(NAME, known, value)));
      }
    }
    return new ExportOption(exports, Optional.empty());
  }
}
