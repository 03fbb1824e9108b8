package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of {@code good} compiles without a word, and gives what {@code expected} holds
 * (contract C12 to C14). To rewrite the goldens: {@code -Dkinto.goldens=rewrite}.
 */
class GoodSourcesTest {
  private static final boolean REWRITE = "rewrite".equals(System.getProperty("kinto.goldens"));

  static List<String> folders() {
    return Sources.foldersIn("good");
  }

  @ParameterizedTest
  @MethodSource("folders")
  void givesWhatIsExpectedWithoutAWarning(String folder) throws IOException {
    Compiled compiled = Compiled.of(Sources.javaFilesIn("good/" + folder));
    assertEquals(List.of(), compiled.messages());
    if (REWRITE) {
      rewrite(folder, compiled.generated());
    }
    assertEquals(Sources.textsIn("expected/" + folder), compiled.generated());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void isTheSameForFilesInAnyOrder(String folder) {
    List<JavaFileObject> files = new ArrayList<>(Sources.javaFilesIn("good/" + folder));
    Map<String, String> first = Compiled.of(files).generated();
    Collections.reverse(files);
    assertEquals(first, Compiled.of(files).generated());
  }

  /** C10: annotations and Javadoc mean the same, byte for byte. */
  @Test
  void annotationsAndJavadocGiveOneManifest() {
    String manifest = "META-INF/kinto/users.json";
    assertEquals(
        Sources.textsIn("expected/documented").get(manifest),
        Sources.textsIn("expected/documentedinjavadoc").get(manifest));
  }

  private static void rewrite(String folder, Map<String, String> generated) throws IOException {
    Path root = Sources.RESOURCES.resolve("expected").resolve(folder);
    if (Files.exists(root)) {
      for (Path old : Sources.in("expected/" + folder)) {
        Files.delete(old);
      }
    }
    for (Map.Entry<String, String> file : generated.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
