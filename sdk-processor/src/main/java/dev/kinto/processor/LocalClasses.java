package dev.kinto.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's annotations in local and anonymous classes, which no round shows to a processor (JLS
 * 14.3, 15.9.5): only the trees of javac have them. In other compilers nothing is found.
 */
final class LocalClasses {
  private final @Nullable Trees trees;
  private final Elements elements;
  private final Set<String> read = new HashSet<>();

  private LocalClasses(@Nullable Trees trees, Elements elements) {
    this.trees = trees;
    this.elements = elements;
  }

  static LocalClasses in(ProcessingEnvironment environment) {
    Elements elements = environment.getElementUtils();
    try {
      return new LocalClasses(Trees.instance(environment), elements);
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return new LocalClasses(null, elements);
    }
  }

  /**
   * A mistake for each method or class with one in the source of an element, which is read once.
   */
  List<Mistake> mistakes(Element root) {
    TreePath path = trees == null ? null : trees.getPath(root);
    if (trees == null || path == null) {
      return List.of();
    }
    CompilationUnitTree unit = path.getCompilationUnit();
    Scanner scanner = new Scanner(trees, unit);
    if (read.add(unit.getSourceFile().getName()) && mentionsOurs(unit)) {
      scanner.scan(unit, null);
    }
    return scanner.mistakes;
  }

  private static boolean mentionsOurs(CompilationUnitTree unit) {
    try {
      return unit.getSourceFile().getCharContent(true).toString().contains(Annotation.PACKAGE);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Nothing is resolved in bodies yet: an annotation is known by its name and the imports. */
  private final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final Trees positions;
    private final CompilationUnitTree unit;
    private final Set<String> imports = new HashSet<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private int bodies;

    Scanner(Trees positions, CompilationUnitTree unit) {
      this.positions = positions;
      this.unit = unit;
      for (ImportTree each : unit.getImports()) {
        imports.add(each.getQualifiedIdentifier().toString());
      }
    }

    @Override
    public @Nullable Void visitBlock(BlockTree block, @Nullable Void unused) {
      bodies++;
      super.visitBlock(block, null);
      bodies--;
      return null;
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void unused) {
      bodies++;
      super.visitNewClass(creation, null);
      bodies--;
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      refuse(type.getModifiers());
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      refuse(method.getModifiers());
      return super.visitMethod(method, null);
    }

    /** The first annotation speaks for all of one method. */
    private void refuse(ModifiersTree modifiers) {
      if (bodies > 0) {
        modifiers.getAnnotations().stream()
            .filter(this::isOurs)
            .findFirst()
            .ifPresent(this::refuse);
      }
    }

    private void refuse(AnnotationTree annotation) {
      mistakes.add(
          Rule.ANNOTATION_PLACE.at(
              new TreePosition(positions, unit, annotation), annotation.getAnnotationType()));
    }

    private boolean isOurs(AnnotationTree annotation) {
      String name = annotation.getAnnotationType().toString();
      return name.startsWith(Annotation.PACKAGE)
          || imports.contains(Annotation.PACKAGE + name)
          || (imports.contains(Annotation.PACKAGE + "*")
              && imports.stream().noneMatch(other -> other.endsWith("." + name))
              && elements.getTypeElement(Annotation.PACKAGE + name) != null);
    }
  }
}
