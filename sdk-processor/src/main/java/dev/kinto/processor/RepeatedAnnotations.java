package dev.kinto.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Prints at values of repeated annotations, which javac's Messager cannot find: it looks for the
 * container, and the author wrote none. In other compilers it does nothing, and the Messager is
 * asked.
 */
final class RepeatedAnnotations {
  private final @Nullable Trees trees;

  private RepeatedAnnotations(@Nullable Trees trees) {
    this.trees = trees;
  }

  static RepeatedAnnotations in(ProcessingEnvironment environment) {
    try {
      return new RepeatedAnnotations(Trees.instance(environment));
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return new RepeatedAnnotations(null);
    }
  }

  /** Prints, if the place is on a repeated annotation whose tree can be found. */
  boolean print(Kind kind, String text, ElementPosition at) {
    if (trees == null || at.annotation() == null) {
      return false;
    }
    TreePath path = trees.getPath(at.element());
    if (path == null || !(path.getLeaf() instanceof MethodTree method)) {
      return false;
    }
    Optional<AnnotationTree> tree = tree(at, at.annotation(), method);
    tree.ifPresent(
        found -> trees.printMessage(kind, text, valueIn(found, at), path.getCompilationUnit()));
    return tree.isPresent();
  }

  /** The tree of an annotation: the n-th of its name belongs to the n-th in the container. */
  private static Optional<AnnotationTree> tree(
      ElementPosition at, AnnotationMirror annotation, MethodTree method) {
    String name = annotation.getAnnotationType().asElement().getSimpleName().toString();
    List<AnnotationTree> written = new ArrayList<>();
    for (AnnotationTree tree : method.getModifiers().getAnnotations()) {
      String type = tree.getAnnotationType().toString();
      if (type.equals(name) || type.endsWith("." + name)) {
        written.add(tree);
      }
    }
    List<AnnotationMirror> contained = contained(at.element(), annotation);
    int index = contained.indexOf(annotation);
    return index >= 0 && contained.size() == written.size()
        ? Optional.of(written.get(index))
        : Optional.empty();
  }

  /** What the container that holds the annotation holds; nothing if it is in none. */
  private static List<AnnotationMirror> contained(Element element, AnnotationMirror annotation) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      for (AnnotationValue value : mirror.getElementValues().values()) {
        if (value.getValue() instanceof List<?> values) {
          List<AnnotationMirror> inner = new ArrayList<>();
          for (Object each : values) {
            if (each instanceof AnnotationValue item
                && item.getValue() instanceof AnnotationMirror one) {
              inner.add(one);
            }
          }
          if (inner.contains(annotation)) {
            return inner;
          }
        }
      }
    }
    return List.of();
  }

  private static Tree valueIn(AnnotationTree tree, ElementPosition at) {
    if (at.annotation() == null || at.value() == null) {
      return tree;
    }
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        at.annotation().getElementValues().entrySet()) {
      if (entry.getValue().equals(at.value())) {
        for (ExpressionTree argument : tree.getArguments()) {
          if (argument instanceof AssignmentTree assignment
              && entry
                  .getKey()
                  .getSimpleName()
                  .contentEquals(assignment.getVariable().toString())) {
            return assignment.getExpression();
          }
        }
      }
    }
    return tree;
  }
}
