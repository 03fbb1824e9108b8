package dev.kinto.apidoc;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The source files below a file or folder. */
final class SourceTree {
  /** Folders whose names begin so are no part of what is imported. */
  private static final String IGNORED_PREFIX = "_kintoignore";

  /** Folders of others' code; {@code apidoc.config.js} is the tool's, which passes it over too. */
  private static final Set<String> OTHERS =
      Set.of("node_modules", "bower_components", "apidoc.config.js");

  private SourceTree() {}

  /**
   * The files of a source, sorted. Hidden folders and files, those of package managers and {@code
   * _kintoignore*} are passed over in a folder.
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
            if (attributes.isRegularFile() && !isIgnored(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  private static boolean isIgnored(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(IGNORED_PREFIX) || name.startsWith(".") || OTHERS.contains(name);
  }
}
