package dev.kinto.manifest;

import java.util.Locale;
import java.util.Optional;

/**
 * An example in the documentation of a route: apidoc's {@code @apiSuccessExample} and its siblings.
 *
 * @param of what it shows
 * @param title one line for people, or empty
 * @param type the language of the content, for instance {@code json}
 * @param content one or more lines
 */
public record Example(Subject of, String title, String type, String content) {

  /** The language of examples whose author names none: apidoc's own default. */
  public static final String DEFAULT_TYPE = "json";

  /** What an example shows. */
  public enum Subject {
    /** A whole call, for instance with {@code curl}. */
    USAGE,
    /** Request headers. */
    HEADER,
    /** Parameters, most often a body. */
    PARAMETER,
    /** A successful answer. */
    SUCCESS,
    /** An answer that reports an error. */
    ERROR;

    /** The word in the manifest: {@code success}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What a word of the manifest means. */
    public static Optional<Subject> named(String word) {
      for (Subject subject : values()) {
        if (subject.word().equals(word)) {
          return Optional.of(subject);
        }
      }
      return Optional.empty();
    }
  }
}
