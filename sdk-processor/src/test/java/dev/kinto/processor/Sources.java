package dev.kinto.processor;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/** The sources in src/test/resources. */
final class Sources {
  /** Tests run in the module's folder; goldens are rewritten there. */
  static final Path RESOURCES = Path.of("src", "test", "resources");

  private Sources() {}

  /** The Java files of a folder, sorted. */
  static List<Path> in(String folder) {
    try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folders in a folder, by name. */
  static List<String> foldersIn(String folder) {
    try (Stream<Path> folders = Files.list(RESOURCES.resolve(folder))) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JavaFileObject> javaFilesIn(String folder) {
    return in(folder).stream().map(Sources::javaFile).toList();
  }

  static JavaFileObject javaFile(Path path) {
    try {
      return JavaFileObjects.forResource(path.toUri().toURL());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of all files in a folder of src/test/resources, by path. */
  static Map<String, String> textsIn(String folder) {
    return textsIn(RESOURCES.resolve(folder), in(folder));
  }

  /** The texts of files by their path below a folder. */
  static Map<String, String> textsIn(Path root, List<Path> files) {
    Map<String, String> texts = new TreeMap<>();
    files.forEach(
        file -> texts.put(root.relativize(file).toString().replace('\\', '/'), text(file)));
    return texts;
  }
}
