package dev.kinto.processor;

import com.sun.source.doctree.BlockTagTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.Diagnostic.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Prints at the tags of Javadoc, which the Messager does not know. In other compilers than javac it
 * does nothing, and the Messager prints at the element.
 */
final class CommentTags {
  private final @Nullable DocTrees trees;

  private CommentTags(@Nullable DocTrees trees) {
    this.trees = trees;
  }

  static CommentTags in(ProcessingEnvironment environment) {
    try {
      return new CommentTags(DocTrees.instance(environment));
    } catch (IllegalArgumentException | LinkageError notJavac) {
      return new CommentTags(null);
    }
  }

  /** Prints, if the tag on whose line the place is, or before it, can be found. */
  boolean print(Kind kind, String text, CommentPosition at, String javadoc) {
    if (trees == null) {
      return false;
    }
    TreePath path = trees.getPath(at.element());
    DocCommentTree comment = path == null ? null : trees.getDocCommentTree(path);
    if (path == null || comment == null) {
      return false;
    }
    List<String> tags = javadoc.lines().limit(at.line()).filter(CommentTags::isTag).toList();
    List<? extends DocTree> blocks = comment.getBlockTags();
    if (tags.isEmpty() || tags.size() > blocks.size()) {
      return false;
    }
    DocTree block = blocks.get(tags.size() - 1);
    String line = tags.get(tags.size() - 1).strip();
    // The compiler may see other tags, where braces span lines: then the names differ.
    if (!(block instanceof BlockTagTree tag) || !line.startsWith("@" + tag.getTagName())) {
      return false;
    }
    trees.printMessage(kind, text, block, comment, path.getCompilationUnit());
    return true;
  }

  private static boolean isTag(String line) {
    return line.stripLeading().startsWith("@");
  }
}
