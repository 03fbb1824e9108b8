package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Beside Lombok, MapStruct and AutoValue on one processor path (contract C17), in a javac of its
 * own, as a build starts it: the processors get at javac's inside.
 */
class OtherProcessorsTest {
  private static final Path JARS = Path.of("target", "processors");

  @TempDir Path out;

  @Test
  void allDoTheirWorkWhicheverComesFirst() throws Exception {
    List<String> jars = jars();
    assertEquals(5, jars.size(), jars::toString);
    List<String> oursFirst = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    oursFirst.addAll(jars);
    List<String> oursLast = new ArrayList<>(oursFirst);
    Collections.reverse(oursLast);
    for (List<String> path : List.of(oursFirst, oursLast)) {
      Path classes = Files.createTempDirectory(out, "classes");
      compile(path, classes);
      assertEquals(
          Sources.text(Sources.RESOURCES.resolve("beside/manifest.json")),
          Files.readString(classes.resolve("META-INF/kinto/users.json")));
      for (String written : List.of("UsersSession", "AutoValue_Account", "AccountsImpl")) {
        assertTrue(Files.exists(classes.resolve("beside/" + written + ".class")), written);
      }
    }
  }

  private static List<String> jars() throws IOException {
    try (Stream<Path> jars = Files.list(JARS)) {
      return jars.map(Path::toString).sorted().toList();
    }
  }

  private void compile(List<String> path, Path classes) throws Exception {
    String joined = String.join(File.pathSeparator, path);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("-encoding", "UTF-8", "-Xlint:-options", "-d", classes.toString()));
    command.addAll(List.of("-cp", joined, "-processorpath", joined));
    Sources.in("beside/sources").forEach(file -> command.add(file.toString()));
    Path said = out.resolve("javac.txt");
    Process javac =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, javac.waitFor(), () -> Sources.text(said));
    String messages = Sources.text(said);
    assertTrue(!messages.contains("Kinto") && !messages.contains("\tat "), messages);
  }
}
