package dev.kinto.processor;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the annotations of a framework say of a handler (contract C15).
 *
 * @param methods the HTTP methods that it answers
 * @param paths its paths, as path templates
 * @param conditions what tells it apart from handlers of the same method and path: media types,
 *     parameters, headers; empty if nothing does
 * @param client whether it is no handler, but calls one elsewhere
 */
record Mapping(Words methods, Words paths, String conditions, boolean client) {

  /**
   * The methods or the paths.
   *
   * @param by the annotation that names them
   * @param written what the author wrote; may be more than what can be said in our words
   * @param words the same in our words, as far as it can be said
   */
  record Words(Annotation by, List<Text> written, List<Text> words) {

    /** Copies the lists. */
    Words {
      written = List.copyOf(written);
      words = List.copyOf(words);
    }

    /** The word, if it is one and no other was written. */
    Optional<Text> only() {
      return words.size() == written.size()
              && words.stream().map(Text::value).distinct().count() == 1
          ? Optional.of(words.get(0))
          : Optional.empty();
    }

    /** A mistake if what is said elsewhere is none of the words. */
    Optional<Mistake> contradict(String what, Text ours) {
      boolean known = !words.isEmpty() && words.size() == written.size();
      boolean one = words.stream().anyMatch(word -> word.value().equals(ours.value()));
      return known && !one
          ? Optional.of(
              Rule.FRAMEWORK_DIFFERS.at(
                  ours.at(), what, ours.value(), "@" + by.name(), quoted(words)))
          : Optional.empty();
    }

    /** The mistake that there is no word, or more than one. */
    Mistake unclear(String what) {
      return Rule.ROUTE_UNCLEAR.at(
          written.isEmpty() ? by.at() : written.get(0).at(), what, "@" + by.name(), found());
    }

    private String found() {
      if (written.isEmpty()) {
        return "none";
      }
      if (written.size() > 1) {
        return quoted(written);
      }
      return quoted(written)
          + (words.isEmpty()
              ? ", which is no template of one"
              : ", or another by the framework's release");
    }

    /** The words for a message. */
    static String quoted(List<Text> words) {
      return words.stream()
          .map(word -> "\"" + word.value() + "\"")
          .collect(Collectors.joining(" and "));
    }
  }

  /** All annotations that {@link #of} reads values of. */
  static Stream<Annotation> annotations(HandlerMethod method) {
    return Stream.of(Framework.values())
        .flatMap(framework -> new MappingReader(framework, method).annotations());
  }

  /** What the frameworks say; none if the method is no handler of any. */
  static Optional<Mapping> of(HandlerMethod method) {
    for (Framework framework : Framework.values()) {
      Optional<Mapping> mapping = new MappingReader(framework, method).read();
      if (mapping.isPresent()) {
        return mapping;
      }
    }
    return Optional.empty();
  }
}
