package dev.kinto.processor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * A method that a class has, written there or inherited, and the methods that it overrides: the
 * annotations of a framework may stand on any of them (contract C15).
 *
 * @param type the class that has it
 * @param hierarchy the method, then those that it overrides, superclasses before interfaces
 */
record HandlerMethod(TypeElement type, List<ExecutableElement> hierarchy) {

  /** Copies the list. */
  HandlerMethod {
    hierarchy = List.copyOf(hierarchy);
  }

  /** The nearest method. */
  ExecutableElement method() {
    return hierarchy.get(0);
  }

  /** The nearest method that has annotations of the SDK's, or else the nearest. */
  ExecutableElement declaring() {
    return hierarchy.stream()
        .filter(each -> !Annotation.on(each).isEmpty())
        .findFirst()
        .orElse(method());
  }

  /** Whether the class wrote the method itself. */
  boolean isOwn() {
    return type.equals(method().getEnclosingElement());
  }

  /** The same without what it overrides. */
  HandlerMethod alone() {
    return new HandlerMethod(type, List.of(method()));
  }

  /** A method with its class, for comparisons within one compilation. */
  static String key(ExecutableElement method) {
    return method.getEnclosingElement() + "#" + method;
  }

  /** The keys of what it overrides, and of itself where it is inherited. */
  List<String> inherits() {
    return hierarchy.stream()
        .filter(each -> !type.equals(each.getEnclosingElement()))
        .map(HandlerMethod::key)
        .toList();
  }

  /** The methods that the class wrote, in the order of the source, then those that it inherits. */
  static List<HandlerMethod> of(TypeElement type, Elements elements) {
    List<TypeElement> supertypes = supertypes(type);
    List<ExecutableElement> inherited = new ArrayList<>();
    for (TypeElement supertype : supertypes) {
      KotlinCopies.originals(supertype).stream()
          .filter(HandlerMethod::isInheritable)
          .forEach(inherited::add);
    }
    List<HandlerMethod> methods = new ArrayList<>();
    for (ExecutableElement own : KotlinCopies.originals(type)) {
      methods.add(new HandlerMethod(type, chain(own, inherited, type, elements)));
    }
    while (!inherited.isEmpty()) {
      ExecutableElement nearest = inherited.remove(0);
      methods.add(new HandlerMethod(type, chain(nearest, inherited, type, elements)));
    }
    return methods;
  }

  /** The method and all that it overrides, which are taken out of the list. */
  private static List<ExecutableElement> chain(
      ExecutableElement method,
      List<ExecutableElement> inherited,
      TypeElement type,
      Elements elements) {
    List<ExecutableElement> chain = new ArrayList<>(List.of(method));
    for (ExecutableElement other : List.copyOf(inherited)) {
      if (other.getSimpleName().equals(method.getSimpleName())
          && elements.overrides(method, other, type)) {
        chain.add(other);
        inherited.remove(other);
      }
    }
    return chain;
  }

  private static boolean isInheritable(ExecutableElement method) {
    Set<Modifier> modifiers = method.getModifiers();
    return !modifiers.contains(Modifier.STATIC) && !modifiers.contains(Modifier.PRIVATE);
  }

  /** The superclasses, nearest first, then the interfaces, but for {@code Object}. */
  static List<TypeElement> supertypes(TypeElement type) {
    Set<TypeElement> found = new LinkedHashSet<>();
    for (TypeElement at = superclass(type); at != null; at = superclass(at)) {
      found.add(at);
    }
    List<TypeElement> open = new ArrayList<>(List.of(type));
    open.addAll(found);
    while (!open.isEmpty()) {
      for (TypeMirror mirror : open.remove(0).getInterfaces()) {
        if (element(mirror) instanceof TypeElement declared && found.add(declared)) {
          open.add(declared);
        }
      }
    }
    return List.copyOf(found);
  }

  private static @Nullable TypeElement superclass(TypeElement type) {
    return element(type.getSuperclass()) instanceof TypeElement found
            && !found.getQualifiedName().contentEquals("java.lang.Object")
        ? found
        : null;
  }

  private static @Nullable Element element(TypeMirror mirror) {
    return mirror instanceof DeclaredType declared ? declared.asElement() : null;
  }
}
