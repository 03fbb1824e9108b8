package dev.kinto.processor;

import java.util.Optional;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes by name. A class that some other class mentions and that is not there is absent
 * here; Eclipse's compiler itself aborts with an exception of its own then.
 */
final class TypeLookup {
  private final Elements elements;

  TypeLookup(Elements elements) {
    this.elements = elements;
  }

  Optional<TypeElement> find(String qualifiedName) {
    return find(null, qualifiedName);
  }

  /** As a module sees it; without one, as all do. */
  Optional<TypeElement> find(@Nullable ModuleElement module, String qualifiedName) {
    try {
      return Optional.ofNullable(
          module == null
              ? elements.getTypeElement(qualifiedName)
              : elements.getTypeElement(module, qualifiedName));
    } catch (RuntimeException missing) {
      return Optional.empty();
    }
  }
}
