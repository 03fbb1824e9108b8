package dev.kinto.processor;

import dev.kinto.declaration.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.ElementFilter;

/**
 * An annotation that an element has, or that an annotation of it carries, through any number of
 * others: {@code @PublicGet} carries {@code @GetMapping}, which carries {@code @RequestMapping}.
 * Its members have the values that aliases give them.
 */
final class Carried {
  /** Deeper compositions are not looked for. */
  private static final int MAX_DEPTH = 8;

  private static final List<String> ALIAS_ANNOTATIONS =
      List.of(
          "org.springframework.core.annotation.AliasFor",
          "io.micronaut.context.annotation.AliasFor");

  private final Element element;

  /** The first is the element's, each other one is on the type of the one before. */
  private final List<Annotation> chain;

  private Carried(Element element, List<Annotation> chain) {
    this.element = element;
    this.chain = List.copyOf(chain);
  }

  /**
   * The ways in which an element has an annotation, nearest first.
   *
   * @param depth how many annotations may be on the way
   */
  static List<Carried> on(Element element, String annotation, int depth) {
    List<Carried> found = new ArrayList<>();
    List<List<Annotation>> open = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      open.add(List.of(Annotation.foreign(mirror, element)));
    }
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      List<Annotation> chain = open.remove(0);
      Annotation last = chain.get(chain.size() - 1);
      if (last.qualifiedName().equals(annotation)) {
        found.add(new Carried(element, chain));
      } else if (chain.size() <= Math.min(depth, MAX_DEPTH)
          && !last.qualifiedName().startsWith("java.")
          && seen.add(chain.get(0).qualifiedName() + " " + last.qualifiedName())) {
        for (AnnotationMirror mirror : last.type().getAnnotationMirrors()) {
          List<Annotation> longer = new ArrayList<>(chain);
          longer.add(Annotation.foreign(mirror, last.type()));
          open.add(longer);
        }
      }
    }
    return found;
  }

  /** The annotation that the author wrote. */
  Annotation root() {
    return chain.get(0);
  }

  /** All that have values which count. */
  List<Annotation> annotations() {
    return chain;
  }

  /** The same way, but for its last step; the root's own if there is one only. */
  Carried carrier() {
    return new Carried(element, chain.subList(0, Math.max(1, chain.size() - 1)));
  }

  /** The annotation that is carried. */
  Annotation last() {
    return chain.get(chain.size() - 1);
  }

  /**
   * What the members of the carried annotation say, those that are names for one thing: from the
   * outermost annotation that has an alias of one, else from the carried one itself.
   */
  Values values(List<String> members) {
    for (int i = 0; i < chain.size() - 1; i++) {
      Optional<Values> said = aliased(i, members);
      if (said.isPresent()) {
        return said.get();
      }
    }
    return new Values(placed(chain.size() - 1, written(last(), members)), false);
  }

  /**
   * Values of members.
   *
   * @param texts in the order of the source
   * @param doubtful whether releases of a framework differ in what they are
   */
  record Values(List<Text> texts, boolean doubtful) {}

  private Optional<Values> aliased(int at, List<String> members) {
    Annotation given = chain.get(at);
    List<String> aliases = new ArrayList<>();
    List<String> namesakes = new ArrayList<>();
    for (ExecutableElement member : ElementFilter.methodsIn(given.type().getEnclosedElements())) {
      String name = member.getSimpleName().toString();
      if (reaches(at, name, members, new HashSet<>())) {
        aliases.add(name);
      } else if (members.contains(name) && !name.equals("value") && given.isWritten(name)) {
        namesakes.add(name);
      }
    }
    if (aliases.isEmpty() && namesakes.isEmpty()) {
      return Optional.empty();
    }
    List<Text> written = written(given, aliases);
    if (!namesakes.isEmpty()) {
      // Spring took a member of the same name for an alias before release 7.
      return Optional.of(new Values(placed(at, written(given, namesakes)), true));
    }
    if (!written.isEmpty()) {
      return Optional.of(new Values(placed(at, written), false));
    }
    return unwritten(at, aliases, members);
  }

  /** Aliases that are left out: their default counts, unless what they carry says something too. */
  private Optional<Values> unwritten(int at, List<String> aliases, List<String> members) {
    List<Text> defaults =
        aliases.stream()
            .map(chain.get(at)::textsOrDefault)
            .filter(texts -> texts.stream().anyMatch(text -> !text.value().isEmpty()))
            .findFirst()
            .orElse(List.of());
    List<Text> below =
        new Carried(element, chain.subList(at + 1, chain.size())).values(members).texts();
    return Optional.of(
        new Values(placed(at, below.isEmpty() ? defaults : below), !below.isEmpty()));
  }

  /** Whether a member of one annotation in the chain is, by aliases, one of the carried one's. */
  private boolean reaches(int at, String member, List<String> members, Set<String> seen) {
    Annotation from = chain.get(at);
    if (!seen.add(from.qualifiedName() + "." + member)) {
      return false;
    }
    if (isFramework(from) && members.contains(member)) {
      return true;
    }
    for (Alias alias : aliases(from, member)) {
      if (alias.annotation().equals(last().qualifiedName()) && members.contains(alias.member())) {
        return true;
      }
      for (int next = at; next < chain.size() - 1; next++) {
        if (chain.get(next).qualifiedName().equals(alias.annotation())
            && reaches(next, alias.member(), members, seen)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether an annotation is of the carried one's package, like {@code @GetMapping}. Its members
   * are aliases of their namesakes, also where the class of {@code @AliasFor} is missing, which is
   * in another jar.
   */
  private boolean isFramework(Annotation given) {
    return packageName(given).equals(packageName(last()));
  }

  private static String packageName(Annotation given) {
    String type = given.qualifiedName();
    return type.substring(0, Math.max(0, type.lastIndexOf('.')));
  }

  /** A member of an annotation that another one stands for. */
  private record Alias(String annotation, String member) {}

  private static List<Alias> aliases(Annotation from, String member) {
    List<Alias> aliases = new ArrayList<>();
    for (ExecutableElement method : ElementFilter.methodsIn(from.type().getEnclosedElements())) {
      if (method.getSimpleName().contentEquals(member)) {
        for (Annotation alias : Annotation.foreignWithin(method, ALIAS_ANNOTATIONS)) {
          aliases.add(alias(alias, from, member));
        }
      }
    }
    return aliases;
  }

  private static Alias alias(Annotation alias, Annotation from, String member) {
    String annotation =
        first(alias, List.of("annotation", "annotationName")).orElse(from.qualifiedName());
    return new Alias(
        annotation, first(alias, List.of("attribute", "member", "value")).orElse(member));
  }

  private static Optional<String> first(Annotation given, List<String> members) {
    return written(given, members).stream().map(Text::value).findFirst();
  }

  private static List<Text> written(Annotation given, List<String> members) {
    return members.stream()
        .map(given::texts)
        .filter(texts -> texts.stream().anyMatch(text -> !text.value().isEmpty()))
        .findFirst()
        .orElse(List.of());
  }

  /** A caret can only stand under what the author of the element wrote. */
  private List<Text> placed(int at, List<Text> texts) {
    return at == 0
        ? texts
        : texts.stream().map(text -> new Text(text.value(), root().at())).toList();
  }
}
