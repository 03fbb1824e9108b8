package dev.kinto.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.kinto.apidoc.ApidocComment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Comments of a source that are the Javadoc of nothing that a processor is shown: the first of two
 * before one method, one in a body, one at the end of a class. The apidoc tool reads them (contract
 * C10). In other compilers than javac the text of a source is not to be had, and there are none.
 */
final class LooseComments {
  private final @Nullable Trees trees;
  private final Elements elements;
  private final Map<String, List<ApidocComment>> bySource = new HashMap<>();

  private LooseComments(@Nullable Trees trees, Elements elements) {
    this.trees = trees;
    this.elements = elements;
  }

  static LooseComments in(ProcessingEnvironment environment) {
    Elements elements = environment.getElementUtils();
    try {
      return new LooseComments(Trees.instance(environment), elements);
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return new LooseComments(null, elements);
    }
  }

  /** Those of the source of a package, or of a class if the class is the first in its source. */
  List<ApidocComment> of(Element typeOrPackage) {
    TreePath path = trees == null ? null : trees.getPath(typeOrPackage);
    if (path == null || !isFirst(typeOrPackage, path)) {
      return List.of();
    }
    CompilationUnitTree unit = path.getCompilationUnit();
    return bySource.computeIfAbsent(
        unit.getSourceFile().getName(), name -> read(name, unit, typeOrPackage));
  }

  private static boolean isFirst(Element typeOrPackage, TreePath path) {
    return typeOrPackage instanceof PackageElement
        || path.getCompilationUnit().getTypeDecls().get(0).equals(path.getLeaf());
  }

  private List<ApidocComment> read(String name, CompilationUnitTree unit, Element of) {
    String source;
    try {
      source = unit.getSourceFile().getCharContent(true).toString();
    } catch (IOException gone) {
      return List.of();
    }
    if (!source.contains("@api")) {
      return List.of();
    }
    Map<String, Integer> read = new HashMap<>();
    if (of instanceof PackageElement) {
      count(of, read);
    }
    for (Tree type : unit.getTypeDecls()) {
      Element element = trees == null ? null : trees.getElement(TreePath.getPath(unit, type));
      if (element != null) {
        countComments(element, read);
      }
    }
    List<ApidocComment> loose = new ArrayList<>();
    for (ApidocComment comment : ApidocComment.inSource(name, source)) {
      if (comment.declares() && read.merge(said(comment), -1, Integer::sum) < 0) {
        loose.add(comment);
      }
    }
    return loose;
  }

  private void countComments(Element element, Map<String, Integer> counts) {
    if (element.getKind() != ElementKind.RECORD_COMPONENT) {
      count(element, counts);
      element.getEnclosedElements().forEach(member -> countComments(member, counts));
    }
  }

  private void count(Element element, Map<String, Integer> counts) {
    MethodReader.declaring(element, elements)
        .ifPresent(comment -> counts.merge(said(comment), 1, Integer::sum));
  }

  /** What tells comments of one source apart, wherever their characters are counted from. */
  private static String said(ApidocComment comment) {
    return comment.addresses()
        + comment.fields().stream().map(field -> field.field().value()).toList().toString();
  }
}
