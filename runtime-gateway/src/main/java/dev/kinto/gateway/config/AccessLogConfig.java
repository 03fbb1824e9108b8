package dev.kinto.gateway.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The access log (contract C43, C47).
 *
 * @param format how its lines look
 * @param file where they are written; empty: to standard output
 */
public record AccessLogConfig(Format format, Optional<Path> file) {
  private static final String STANDARD_OUTPUT = "-";

  /** How a line looks. */
  public enum Format {
    /** A JSON object. */
    JSON,
    /** Apache's combined log format, with more fields behind it. */
    COMBINED
  }

  /** Empty if the section is absent: there is no access log. */
  static Optional<AccessLogConfig> read(Section root) {
    if (!root.has("accessLog")) {
      return Optional.empty();
    }
    Section section = root.section("accessLog");
    Format format = section.optional("format", AccessLogConfig::format).orElse(Format.JSON);
    Optional<Path> file =
        section.optional("file", text -> file(text, section)).orElse(Optional.empty());
    section.refuseOthers();
    return Optional.of(new AccessLogConfig(format, file));
  }

  private static Format format(String text) {
    for (Format each : Format.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException("json or combined is wanted.");
  }

  private static Optional<Path> file(String text, Section section) {
    if (text.equals(STANDARD_OUTPUT)) {
      return Optional.empty();
    }
    Path file = section.path(text).toAbsolutePath();
    Path folder = file.getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "a file in a folder that is there is wanted, or \"-\" for standard output.");
    }
    return Optional.of(file);
  }
}
