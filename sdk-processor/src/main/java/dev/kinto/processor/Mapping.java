package dev.kinto.processor;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/**
 * What the annotations of a framework say of a handler (contract C15).
 *
 * @param methods the HTTP methods that it answers
 * @param paths its paths, as path templates
 * @param client whether it is no handler, but calls one elsewhere
 */
record Mapping(Words methods, Words paths, boolean client) {
  /** The attributes that name a path, in any framework. */
  private static final List<String> PATHS = List.of("value", "path", "uri", "uris");

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
      return words.size() == 1 && written.size() == 1
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
      boolean untold = written.size() == 1;
      return Rule.ROUTE_UNCLEAR.at(
          written.isEmpty() ? by.at() : written.get(0).at(),
          what,
          "@" + by.name(),
          written.isEmpty()
              ? "none"
              : quoted(written) + (untold ? ", which is no template of one" : ""));
    }

    private static String quoted(List<Text> words) {
      return words.stream()
          .map(word -> "\"" + word.value() + "\"")
          .collect(Collectors.joining(" and "));
    }
  }

  /** What the frameworks say; none if the method is no handler of any. */
  static Optional<Mapping> of(Element method) {
    for (Framework framework : Framework.values()) {
      Optional<Annotation> handler = handler(method, framework).findFirst();
      if (handler.isPresent()) {
        return Optional.of(
            new Mapping(
                verbs(handler(method, framework).toList(), framework),
                paths(method, handler.get(), framework),
                isClient(method, framework)));
      }
    }
    return Optional.empty();
  }

  /** All annotations that {@link #of} reads values of. */
  static Stream<Annotation> annotations(Element method) {
    return Stream.of(Framework.values())
        .filter(framework -> handler(method, framework).findAny().isPresent())
        .flatMap(
            framework ->
                Stream.of(
                        handler(method, framework),
                        Annotation.foreign(framework.pathAnnotation(), method).stream(),
                        prefix(method, framework).stream())
                    .flatMap(Function.identity()));
  }

  /** The annotations that make the method a handler: the marker, or what carries it. */
  private static Stream<Annotation> handler(Element method, Framework framework) {
    return method.getAnnotationMirrors().stream()
        .filter(mirror -> isMarked(mirror, framework.marker()))
        .map(mirror -> Annotation.foreign(mirror, method));
  }

  private static boolean isMarked(AnnotationMirror mirror, String marker) {
    return Annotation.qualifiedName(mirror).equals(marker)
        || Annotation.foreign(marker, mirror.getAnnotationType().asElement()).isPresent();
  }

  private static Words verbs(List<Annotation> handlers, Framework framework) {
    List<Text> verbs = new ArrayList<>();
    for (Annotation handler : handlers) {
      List<Text> own = handler.texts(framework.verb());
      if (own.isEmpty()) {
        verbs.addAll(named(handler, framework));
      }
      own.forEach(verb -> verbs.add(verb.with(simpleName(verb))));
    }
    // HEAD is allowed where GET is (C21).
    if (verbs.stream().anyMatch(verb -> verb.value().equals("GET"))) {
      verbs.removeIf(verb -> verb.value().equals("HEAD"));
    }
    return new Words(handlers.get(0), verbs, verbs);
  }

  /** The methods that the annotation stands for by its declaration. */
  private static List<Text> named(Annotation handler, Framework framework) {
    Optional<Annotation> marker = Annotation.foreign(framework.marker(), handler.type());
    if (marker.isPresent() && framework == Framework.MICRONAUT) {
      return List.of(new Text(handler.name().toUpperCase(Locale.ROOT), handler.at()));
    }
    return marker.stream()
        .flatMap(found -> found.texts(framework.verb()).stream())
        .map(verb -> new Text(simpleName(verb), handler.at()))
        .toList();
  }

  /** The name of an enum's constant, or the text itself. */
  private static String simpleName(Text verb) {
    return verb.value().substring(verb.value().lastIndexOf('.') + 1);
  }

  private static Words paths(Element method, Annotation handler, Framework framework) {
    Optional<Annotation> own =
        framework.pathAnnotation().isEmpty()
            ? Optional.of(handler)
            : Annotation.foreign(framework.pathAnnotation(), method);
    List<Text> written = new ArrayList<>();
    List<Text> words = new ArrayList<>();
    FrameworkPath notation = new FrameworkPath(framework);
    for (Text prefix : texts(prefix(method, framework), handler)) {
      for (Text path : texts(own, handler)) {
        written.add(path.with(FrameworkPath.join(prefix.value(), path.value())));
        notation
            .translate(prefix.value(), path.value())
            .ifPresent(template -> words.add(path.with(template)));
      }
    }
    return new Words(own.or(() -> prefix(method, framework)).orElse(handler), written, words);
  }

  /** The paths of an annotation; an empty one at the handler if there are none. */
  private static List<Text> texts(Optional<Annotation> given, Annotation handler) {
    List<Text> texts =
        given.stream()
            .flatMap(by -> PATHS.stream().flatMap(name -> by.texts(name).stream()))
            .toList();
    return texts.isEmpty() ? List.of(new Text("", handler.at())) : texts;
  }

  private static Optional<Annotation> prefix(Element method, Framework framework) {
    return onClass(framework.prefixAnnotation(), method);
  }

  private static boolean isClient(Element method, Framework framework) {
    return onClass(framework.client(), method).isPresent();
  }

  private static Optional<Annotation> onClass(String annotation, Element method) {
    return Optional.ofNullable(method.getEnclosingElement())
        .flatMap(type -> Annotation.foreign(annotation, type));
  }
}
