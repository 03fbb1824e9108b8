package dev.kinto.apidoc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The source files below a file or folder. */
final class SourceTree {
  /** Folders whose names begin so are no part of what is imported. */
  private static final String IGNORED_PREFIX = "_kintoignore";

  private SourceTree() {}

  /**
   * The files of a source, sorted. A file that was named itself is taken whatever its name; in
   * folders only known endings are, and neither hidden folders, {@code node_modules} nor {@code
   * _kintoignore*} are entered.
   */
  static List<Path> files(Path source) throws IOException {
    if (!Files.isDirectory(source)) {
      return List.of(source);
    }
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(source) || !isIgnored(folder)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && CommentSyntax.of(file).isPresent()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  private static boolean isIgnored(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return name.startsWith(IGNORED_PREFIX) || name.equals("node_modules") || name.startsWith(".");
  }

  /** The comments of a file. Bytes that are not UTF-8 are replaced: they stand in no name. */
  static List<SourceComment> comments(Path file) throws IOException {
    String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Optional<CommentSyntax> syntax = CommentSyntax.of(file);
    return syntax.orElseGet(SlashStarComments::new).commentsIn(lines(content));
  }

  /** The lines of a text, without a byte order mark. */
  static List<String> lines(String content) {
    return content.substring(content.startsWith("\uFEFF") ? 1 : 0).lines().toList();
  }
}
