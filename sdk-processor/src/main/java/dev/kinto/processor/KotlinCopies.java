package dev.kinto.processor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * What the Kotlin compiler generates beside a function that an author wrote, with all of its
 * annotations: each would be a route a second time. Kapt shows them as if they had been written.
 */
final class KotlinCopies {
  private static final String METADATA = "kotlin.Metadata";
  private static final String STATIC = "kotlin.jvm.JvmStatic";
  private static final String OVERLOADS = "kotlin.jvm.JvmOverloads";

  /** A class without a declaration in Kotlin (the {@code k} of its metadata). */
  private static final String SYNTHETIC = "3";

  /** Annotations that the compiler adds by itself. */
  private static final Pattern COMPILERS =
      Pattern.compile("java\\.lang\\.|org\\.jetbrains\\.annotations\\.");

  private KotlinCopies() {}

  /** Whether no author wrote the class, such as {@code DefaultImpls} in an interface. */
  static boolean isCopy(TypeElement type) {
    return Annotation.foreign(METADATA, type)
        .filter(metadata -> metadata.has("k"))
        .filter(metadata -> metadata.text("k").value().equals(SYNTHETIC))
        .isPresent();
  }

  /** The methods of a class that are no copies of others, in the order of the source. */
  static List<ExecutableElement> originals(TypeElement type) {
    List<ExecutableElement> methods = ElementFilter.methodsIn(type.getEnclosedElements());
    if (Annotation.foreign(METADATA, type).isEmpty()) {
      return methods;
    }
    Map<String, ExecutableElement> longest = new HashMap<>();
    for (ExecutableElement method : methods) {
      overload(method)
          .ifPresent(key -> longest.merge(key, method, KotlinCopies::withMoreParameters));
    }
    return methods.stream()
        .filter(
            method -> !isCalledByItsStaticTwin(method) && !isCopiedFromAnInterface(method, type))
        .filter(method -> overload(method).map(longest::get).map(method::equals).orElse(true))
        .toList();
  }

  /** The function of a companion object, which is a static method of the class around it too. */
  private static boolean isCalledByItsStaticTwin(ExecutableElement method) {
    return !method.getModifiers().contains(Modifier.STATIC)
        && Annotation.foreign(STATIC, method).isPresent();
  }

  /** A default method, which classes that implement the interface have too. */
  private static boolean isCopiedFromAnInterface(ExecutableElement method, TypeElement type) {
    String annotations = annotations(method);
    return !annotations.isEmpty()
        && HandlerMethod.supertypes(type).stream()
            .filter(supertype -> supertype.getKind().isInterface())
            .flatMap(supertype -> ElementFilter.methodsIn(supertype.getEnclosedElements()).stream())
            .anyMatch(
                other ->
                    other.getSimpleName().equals(method.getSimpleName())
                        && other.getParameters().size() == method.getParameters().size()
                        && annotations(other).equals(annotations));
  }

  /** The annotations that the author wrote. */
  private static String annotations(ExecutableElement method) {
    return method.getAnnotationMirrors().stream()
        .filter(mirror -> !COMPILERS.matcher(Annotation.qualifiedName(mirror)).lookingAt())
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  /** What all overloads of one function have in common; none if it has none. */
  private static Optional<String> overload(ExecutableElement method) {
    return Annotation.foreign(OVERLOADS, method)
        .map(given -> method.getSimpleName() + " " + annotations(method));
  }

  private static ExecutableElement withMoreParameters(
      ExecutableElement one, ExecutableElement other) {
    return one.getParameters().size() > other.getParameters().size() ? one : other;
  }
}
