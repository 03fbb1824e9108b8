package dev.kinto.processor;

import dev.kinto.declaration.Text;
import dev.kinto.processor.Carried.Values;
import dev.kinto.processor.Mapping.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** Reads what one framework's annotations say of a method, where that framework looks for them. */
final class MappingReader {
  /** The attributes that name a path, in any framework. */
  private static final List<String> PATHS = List.of("value", "path", "uri", "uris", "url");

  private final Framework framework;
  private final HandlerMethod method;

  MappingReader(Framework framework, HandlerMethod method) {
    this.framework = framework;
    this.method = method;
  }

  Optional<Mapping> read() {
    return annotated().flatMap(this::read);
  }

  /** All annotations that values are read of. */
  Stream<Annotation> annotations() {
    List<Carried> all = new ArrayList<>();
    annotated()
        .ifPresent(
            found -> {
              all.addAll(handlers(found));
              all.addAll(Carried.on(found, framework.pathAnnotation(), 0));
              prefix().ifPresent(all::add);
            });
    return all.stream().flatMap(carried -> carried.annotations().stream());
  }

  /**
   * The method whose annotations count: the nearest that has any. In JAX-RS one that has others
   * than those of its method hides what it overrides (Jakarta REST 4.0, section 3.6).
   */
  private Optional<ExecutableElement> annotated() {
    return method.hierarchy().stream()
        .filter(each -> !handlers(each).isEmpty() || framework.concerns(each))
        .findFirst()
        .filter(each -> !handlers(each).isEmpty() || isUnclear(each));
  }

  /** A locator of sub-resources, or a method that hides a handler which it overrides. */
  private boolean isUnclear(ExecutableElement found) {
    return Annotation.foreign(framework.pathAnnotation(), found).isPresent()
        || method.hierarchy().stream().anyMatch(each -> !handlers(each).isEmpty());
  }

  private List<Carried> handlers(Element element) {
    List<Carried> found = Carried.on(element, framework.marker(), framework.depth());
    // Of an annotation that carries one, and another that is one, Spring takes the nearest.
    return framework.isSpring() ? found.stream().limit(1).toList() : found;
  }

  private Optional<Mapping> read(ExecutableElement found) {
    List<Carried> handlers = handlers(found);
    Annotation by =
        handlers.isEmpty() ? framework.anyOn(found).orElseThrow() : handlers.get(0).root();
    return Optional.of(
        new Mapping(
            verbs(by, handlers),
            paths(by, found, handlers),
            conditions(found, handlers),
            framework.isClient(method.type())));
  }

  private Words verbs(Annotation by, List<Carried> handlers) {
    List<Text> verbs = new ArrayList<>();
    boolean doubtful = false;
    for (Carried handler : handlers) {
      Values values = verbs(handler);
      doubtful |= values.doubtful();
      values.texts().forEach(verb -> verbs.add(verb.with(simpleName(verb))));
    }
    if (framework == Framework.SPRING) {
      // Those of the class and of the method are one set.
      prefix()
          .ifPresent(
              prefix ->
                  prefix.values(List.of(framework.verb())).texts().stream()
                      .map(verb -> new Text(simpleName(verb), by.at()))
                      .filter(verb -> verbs.stream().noneMatch(own -> isSame(own, verb)))
                      .forEach(verbs::add));
    }
    // HEAD is allowed where GET is (C21).
    if (verbs.stream().anyMatch(verb -> verb.value().equals("GET"))) {
      verbs.removeIf(verb -> verb.value().equals("HEAD"));
    }
    return words(by, verbs, verbs, doubtful);
  }

  private static boolean isSame(Text one, Text other) {
    return one.value().equals(other.value());
  }

  private Values verbs(Carried handler) {
    if (framework != Framework.MICRONAUT) {
      return handler.values(List.of(framework.verb()));
    }
    Carried carrier = handler.carrier();
    Values values = carrier.values(List.of(framework.verb()));
    // Micronaut knows the methods of its own annotations only.
    boolean known = carrier.last().qualifiedName().startsWith("io.micronaut.http.annotation.");
    return known && values.texts().isEmpty()
        ? new Values(
            List.of(new Text(carrier.last().name().toUpperCase(Locale.ROOT), handler.root().at())),
            false)
        : values;
  }

  /** The name of an enum's constant, or the text itself. */
  private static String simpleName(Text verb) {
    return verb.value().substring(verb.value().lastIndexOf('.') + 1);
  }

  private Words paths(Annotation by, ExecutableElement found, List<Carried> handlers) {
    Optional<Carried> prefix = prefix();
    List<Carried> own =
        framework.pathAnnotation().isEmpty()
            ? handlers.stream().map(this::pathCarrier).toList()
            : Carried.on(found, framework.pathAnnotation(), 0);
    Values prefixes = values(prefix.stream().toList(), by);
    Values paths = values(own, by);
    List<Text> written = new ArrayList<>();
    List<Text> words = new ArrayList<>();
    FrameworkPath notation = new FrameworkPath(framework);
    for (Text before : prefixes.texts()) {
      for (Text path : paths.texts()) {
        written.add(path.with(FrameworkPath.join(before.value(), path.value())));
        notation
            .translate(before.value(), path.value())
            .ifPresent(template -> words.add(path.with(template)));
      }
    }
    Annotation names = own.stream().findFirst().or(() -> prefix).map(Carried::root).orElse(by);
    return words(names, written, words, prefixes.doubtful() || paths.doubtful());
  }

  /** What is doubtful is as good as written twice: no word counts alone. */
  private static Words words(
      Annotation by, List<Text> written, List<Text> words, boolean doubtful) {
    List<Text> twice = new ArrayList<>(words);
    if (doubtful) {
      twice.addAll(words);
    }
    return new Words(by, written, twice);
  }

  private Carried pathCarrier(Carried handler) {
    return framework == Framework.MICRONAUT ? handler.carrier() : handler;
  }

  /** The paths of annotations; an empty one at the handler if there are none. */
  private static Values values(List<Carried> carried, Annotation by) {
    List<Text> texts = new ArrayList<>();
    boolean doubtful = false;
    for (Carried each : carried) {
      Values values = each.values(PATHS);
      texts.addAll(values.texts());
      doubtful |= values.doubtful();
    }
    return new Values(texts.isEmpty() ? List.of(new Text("", by.at())) : texts, doubtful);
  }

  /** The prefix on the class, or on the nearest of its superclasses and interfaces. */
  private Optional<Carried> prefix() {
    return Stream.concat(Stream.of(method.type()), HandlerMethod.supertypes(method.type()).stream())
        .flatMap(
            type ->
                framework.prefixAnnotations().stream()
                    .flatMap(name -> Carried.on(type, name, framework.prefixDepth()).stream()))
        .findFirst();
  }

  private String conditions(ExecutableElement found, List<Carried> handlers) {
    Stream<String> own =
        handlers.stream()
            .flatMap(
                handler ->
                    Framework.CONDITIONS.stream()
                        .flatMap(
                            name -> pathCarrier(handler).values(List.of(name)).texts().stream())
                        .map(Text::value));
    Stream<String> beside =
        framework.conditionAnnotations().stream()
            .flatMap(name -> Annotation.foreign(name, found).stream())
            .flatMap(
                given -> given.texts("value").stream().map(text -> given.name() + text.value()));
    return Stream.concat(own, beside).sorted().collect(Collectors.joining(", "));
  }
}
