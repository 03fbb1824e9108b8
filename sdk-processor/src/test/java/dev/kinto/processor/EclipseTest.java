package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same in Eclipse's compiler (contract C17). */
class EclipseTest {
  @TempDir Path out;

  static List<String> folders() {
    return Sources.foldersIn("good");
  }

  @ParameterizedTest
  @MethodSource("folders")
  void givesWhatJavacGives(String folder) throws IOException {
    assertEquals("", compile("good/" + folder));
    try (Stream<Path> files = Files.walk(out)) {
      List<Path> generated =
          files
              .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".class"))
              .toList();
      assertEquals(Sources.textsIn("expected/" + folder), Sources.textsIn(out, generated));
    }
  }

  @Test
  void reportsMistakesOfRepeatedAnnotations() {
    String messages = compile("bad/FieldPrefix.java");
    assertEquals(4, messages.split("\\[KintoFieldPrefix]", -1).length - 1, messages);
    assertTrue(messages.contains("FieldPrefix.java (at line 12)"), messages);
    assertFalse(Files.exists(out.resolve("META-INF")));
  }

  @Test
  void saysWhereInTheJavadocAMistakeIs() {
    String messages = compile("bad/ApidocSyntax.java");
    assertTrue(messages.contains("(line 5, column 23 of the Javadoc)"), messages);
  }

  /** Spring's classes mention JSpecify's, which is not there, and neither are Spring's others. */
  @Test
  void aClassThatAnotherLibraryLacksIsNoConcernOfOurs() {
    assertEquals(
        "",
        compile("good/spring", Jdk.annotations() + File.pathSeparator + Jdk.path("spring-web")));
    assertTrue(Files.exists(out.resolve("META-INF/kinto/articles.json")));
  }

  /** What the compiler says about errors. */
  private String compile(String sources) {
    return compile(sources, System.getProperty("java.class.path"));
  }

  private String compile(String sources, String libraries) {
    String classPath = System.getProperty("java.class.path");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-21", "-nowarn", "-encoding", "UTF-8"));
    arguments.addAll(List.of("-d", out.toString(), "-s", out.toString()));
    arguments.addAll(List.of("-cp", libraries, "-processorpath", classPath));
    Sources.in(sources).forEach(file -> arguments.add(file.toString()));
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages, true);
    BatchCompiler.compile(arguments.toArray(String[]::new), writer, writer, null);
    return messages.toString();
  }
}
