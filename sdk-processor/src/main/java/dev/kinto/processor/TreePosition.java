package dev.kinto.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.Trees;
import dev.kinto.declaration.Position;
import javax.tools.Diagnostic.Kind;

/** A place in a source of which javac shows a tree, and no element. */
record TreePosition(Trees trees, CompilationUnitTree unit, Tree tree) implements Position {

  void print(Kind kind, String text) {
    trees.printMessage(kind, text, tree, unit);
  }
}
