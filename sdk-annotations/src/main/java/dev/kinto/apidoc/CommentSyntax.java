package dev.kinto.apidoc;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a programming language marks the comments in which apidoc's tags stand. */
interface CommentSyntax {
  /** The endings of the files that are read in a folder, as apidoc reads them, and their syntax. */
  Map<String, CommentSyntax> BY_ENDING = byEnding();

  /** The comments of a file, given as its lines without line breaks, in its order. */
  List<SourceComment> commentsIn(List<String> lines);

  /** The syntax of a file that was found in a folder; empty if it holds no source known here. */
  static Optional<CommentSyntax> of(Path file) {
    String name = String.valueOf(file.getFileName());
    return Optional.ofNullable(BY_ENDING.get(name.substring(name.lastIndexOf('.') + 1)));
  }

  private static Map<String, CommentSyntax> byEnding() {
    CommentSyntax slashStar = new SlashStarComments();
    CommentSyntax python = new PythonComments();
    CommentSyntax ruby = new RubyComments();
    Map<String, CommentSyntax> endings = new HashMap<>();
    for (String ending :
        List.of(
            "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "java", "kt", "kts",
            "scala", "groovy", "go", "php", "c", "cc", "cpp", "h", "hpp", "cs", "dart", "swift",
            "rs")) {
      endings.put(ending, slashStar);
    }
    endings.put("py", python);
    endings.put("rb", ruby);
    return Map.copyOf(endings);
  }
}
