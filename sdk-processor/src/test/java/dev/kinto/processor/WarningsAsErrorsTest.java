package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A build that takes every warning for an error takes the processor and what it generates (C17).
 */
class WarningsAsErrorsTest {
  private static final List<String> STRICT = List.of("-Xlint:all,-classfile", "-Werror");

  @TempDir Path folder;

  /** Spring's annotations are claimed by nobody, so that javac would warn of them too. */
  @ParameterizedTest
  @CsvSource({"17,spring", "25,spring", "17,types", "25,types", "17,javadoc", "25,jakartarest"})
  void javacHasNothingToSay(int release, String sources) throws IOException {
    assertEquals("", compile(Jdk.ofRelease(release), sources, Jdk.processorPath()));
  }

  /** Beside processors that claim their own annotations, ours are claimed too, and only those. */
  @Test
  void othersAnnotationsAreLeftToThem() throws IOException {
    String beside = Jdk.processorPath() + File.pathSeparator + processors();
    assertEquals("", compile(Jdk.own(), "types", beside));
    String said = compile(Jdk.own(), "spring", beside);
    assertTrue(said.contains("No processor claimed any of these annotations: "), said);
    assertTrue(said.contains("springframework") && !said.contains("dev.kinto"), said);
  }

  private static String processors() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "processors"))) {
      return String.join(
          File.pathSeparator,
          jars.map(Path::toString).filter(jar -> jar.contains("mapstruct")).sorted().toList());
    }
  }

  private String compile(Jdk jdk, String sources, String processorPath) throws IOException {
    List<String> arguments = new ArrayList<>(STRICT);
    arguments.addAll(List.of("-d", Files.createDirectories(folder.resolve("out")).toString()));
    arguments.addAll(List.of("-encoding", "UTF-8", "-processorpath", processorPath));
    arguments.addAll(
        List.of(
            "-cp",
            Jdk.annotations()
                + File.pathSeparator
                + Jdk.path("spring-", "jspecify", "jakarta.ws.rs")));
    Sources.in("good/" + sources).forEach(file -> arguments.add(file.toString()));
    return jdk.javac(folder, arguments);
  }
}
