package dev.kinto.processor;

import dev.kinto.declaration.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * One of the SDK's annotations, or a framework's, on an element, with the place of each value. The
 * SDK's repeated ones are taken out of their container.
 */
final class Annotation {
  static final String PACKAGE = "dev.kinto.annotations.";

  private final Element element;
  private final AnnotationMirror mirror;
  private final String name;
  private final Map<String, AnnotationValue> written = new HashMap<>();
  private final Map<String, AnnotationValue> defaults = new HashMap<>();

  private Annotation(Element element, AnnotationMirror mirror, String name) {
    this.element = element;
    this.mirror = mirror;
    this.name = name;
    mirror.getElementValues().forEach((key, value) -> written.put(nameOf(key), value));
    for (Element member : mirror.getAnnotationType().asElement().getEnclosedElements()) {
      if (member instanceof ExecutableElement method && method.getDefaultValue() != null) {
        defaults.put(nameOf(method), method.getDefaultValue());
      }
    }
  }

  private static String nameOf(ExecutableElement member) {
    return member.getSimpleName().toString();
  }

  /** All of the SDK's annotations on an element, in the order of the source. */
  static List<Annotation> on(Element element) {
    List<Annotation> found = new ArrayList<>();
    element.getAnnotationMirrors().forEach(mirror -> collect(element, mirror, found));
    return found;
  }

  /** An annotation of somebody else's, by its qualified name. */
  static Optional<Annotation> foreign(String qualifiedName, Element element) {
    return element.getAnnotationMirrors().stream()
        .filter(mirror -> qualifiedName(mirror).equals(qualifiedName))
        .findFirst()
        .map(mirror -> foreign(mirror, element));
  }

  static Annotation foreign(AnnotationMirror mirror, Element element) {
    String type = qualifiedName(mirror);
    return new Annotation(element, mirror, type.substring(type.lastIndexOf('.') + 1));
  }

  /** Those of some kinds, also out of a container that holds several (JLS 9.7.5). */
  static List<Annotation> foreignWithin(Element element, List<String> qualifiedNames) {
    List<Annotation> found = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (qualifiedNames.contains(qualifiedName(mirror))) {
        found.add(foreign(mirror, element));
      } else {
        mirror.getElementValues().values().stream()
            .filter(value -> value.getValue() instanceof List<?>)
            .flatMap(value -> ((List<?>) value.getValue()).stream())
            .map(each -> ((AnnotationValue) each).getValue())
            .filter(AnnotationMirror.class::isInstance)
            .map(AnnotationMirror.class::cast)
            .filter(inner -> qualifiedNames.contains(qualifiedName(inner)))
            .forEach(inner -> found.add(foreign(inner, element)));
      }
    }
    return found;
  }

  /** The first of some annotations that has a name. */
  static Optional<Annotation> named(String name, List<Annotation> annotations) {
    return annotations.stream().filter(given -> given.name().equals(name)).findFirst();
  }

  private static void collect(Element element, AnnotationMirror mirror, List<Annotation> found) {
    String type = qualifiedName(mirror);
    if (!type.startsWith(PACKAGE)) {
      return;
    }
    if (type.endsWith(".List")) {
      mirror.getElementValues().values().forEach(value -> repeated(element, value, found));
    } else {
      found.add(new Annotation(element, mirror, type.substring(PACKAGE.length())));
    }
  }

  private static void repeated(Element element, AnnotationValue value, List<Annotation> found) {
    value.accept(
        new SimpleAnnotationValueVisitor14<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitArray(
              List<? extends AnnotationValue> values, @Nullable Void unused) {
            values.forEach(each -> each.accept(this, null));
            return null;
          }

          @Override
          public @Nullable Void visitAnnotation(AnnotationMirror inner, @Nullable Void unused) {
            collect(element, inner, found);
            return null;
          }
        },
        null);
  }

  static String qualifiedName(AnnotationMirror mirror) {
    return mirror.getAnnotationType().asElement() instanceof TypeElement type
        ? type.getQualifiedName().toString()
        : "";
  }

  /** The simple name: {@code ApiHeader}. */
  String name() {
    return name;
  }

  /** The annotation as a whole. */
  ElementPosition at() {
    return ElementPosition.of(element, mirror);
  }

  /**
   * Whether every value is there and known: one may name a constant that is yet to be generated.
   */
  boolean isResolved() {
    boolean known = written.values().stream().allMatch(Annotation::isKnown);
    return known
        && mirror.getAnnotationType().asElement().getEnclosedElements().stream()
            .filter(ExecutableElement.class::isInstance)
            .map(member -> nameOf((ExecutableElement) member))
            .allMatch(member -> written.containsKey(member) || defaults.containsKey(member));
  }

  private static boolean isKnown(AnnotationValue value) {
    // Javac's marker for a value that it cannot work out; a String of this text has quotes here.
    return value.getValue() instanceof List<?> values
        ? values.stream().allMatch(each -> isKnown((AnnotationValue) each))
        : !value.toString().equals("<error>");
  }

  /** The type of the annotation, which has annotations of its own. */
  Element type() {
    return mirror.getAnnotationType().asElement();
  }

  /** The name of the annotation's type, with its package. */
  String qualifiedName() {
    return qualifiedName(mirror);
  }

  /** Whether the author gave the member a value. */
  boolean isWritten(String member) {
    return written.containsKey(member);
  }

  /** The values of an array, or the only value; nothing if none is written. */
  List<Text> texts(String member) {
    return texts(written.get(member));
  }

  /** The same, or the default. */
  List<Text> textsOrDefault(String member) {
    return texts(written.getOrDefault(member, defaults.get(member)));
  }

  private List<Text> texts(@Nullable AnnotationValue value) {
    List<Text> texts = new ArrayList<>();
    if (value != null && value.getValue() instanceof List<?> values) {
      values.forEach(each -> texts.add(text((AnnotationValue) each)));
    } else if (value != null) {
      texts.add(text(value));
    }
    return texts;
  }

  private Text text(AnnotationValue value) {
    return new Text(String.valueOf(value.getValue()), new ElementPosition(element, mirror, value));
  }

  /** A value, written or default; the place of a default is the annotation. */
  Text text(String member) {
    AnnotationValue value = written.get(member);
    return value != null ? text(value) : new Text(String.valueOf(value(member)), at());
  }

  /** A value that counts as absent when it is empty. */
  Optional<Text> textUnlessEmpty(String member) {
    return Optional.of(text(member)).filter(text -> !text.value().isEmpty());
  }

  /** Whether the annotation has such a member at all. */
  boolean has(String member) {
    return written.containsKey(member) || defaults.containsKey(member);
  }

  boolean flag(String member) {
    return Boolean.TRUE.equals(value(member));
  }

  private @Nullable Object value(String member) {
    AnnotationValue value = written.getOrDefault(member, defaults.get(member));
    return value == null ? null : value.getValue();
  }
}
