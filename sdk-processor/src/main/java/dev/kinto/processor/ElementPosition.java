package dev.kinto.processor;

import dev.kinto.declaration.Position;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * A place in Java source: an annotation value, or the annotation, or the element that carries it
 * (contract C16). Elements are good for one round only, so a mistake is printed in the round in
 * which its class is read.
 *
 * @param element what is annotated
 * @param annotation the annotation; null for the element itself
 * @param value the value within the annotation; null for the annotation as a whole
 */
record ElementPosition(
    Element element, @Nullable AnnotationMirror annotation, @Nullable AnnotationValue value)
    implements Position {

  static ElementPosition of(Element element) {
    return new ElementPosition(element, null, null);
  }

  static ElementPosition of(Element element, AnnotationMirror annotation) {
    return new ElementPosition(element, annotation, null);
  }

  @Override
  public String toString() {
    return element.toString();
  }
}
