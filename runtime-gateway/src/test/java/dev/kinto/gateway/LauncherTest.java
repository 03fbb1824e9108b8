package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the jar starts, on the JDK that the gateway needs and on an older one (contract C41). */
class LauncherTest {
  private static final int CLASS_FILE_OF_JAVA_8 = 52;
  private static final List<String> WHERE_JDKS_ARE = List.of("/usr/lib/jvm", "/opt");

  private record Result(int exit, String output) {}

  private static Result launch(Path java) throws Exception {
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "--help")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  @Test
  void handsOverToTheCommandLine() throws Exception {
    Result result = launch(Path.of(System.getProperty("java.home"), "bin", "java"));
    assertEquals(0, result.exit(), result.output());
    assertTrue(result.output().startsWith("Usage: kinto-gateway "), result.output());
  }

  /** Every JDK that is still about can run it. */
  @Test
  void isCompiledForJava8() throws IOException {
    try (DataInputStream in =
        new DataInputStream(Launcher.class.getResourceAsStream("Launcher.class"))) {
      assertEquals(0xCAFEBABE, in.readInt());
      in.readUnsignedShort();
      assertEquals(CLASS_FILE_OF_JAVA_8, in.readUnsignedShort());
    }
  }

  @Test
  void anOlderJdkSaysInOneSentenceWhichOneIsNeeded() throws Exception {
    Optional<Path> older = olderJava();
    assumeTrue(older.isPresent(), "There is no JDK older than 25 in " + WHERE_JDKS_ARE);
    Result result = launch(older.get());
    assertEquals(2, result.exit(), result.output());
    assertEquals(1, result.output().lines().count(), result.output());
    assertTrue(
        result.output().startsWith("Kinto Gateway needs Java 25 or newer, and this is Java "),
        result.output());
  }

  private static Optional<Path> olderJava() throws IOException {
    for (String folder : WHERE_JDKS_ARE) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> homes = Files.list(Path.of(folder))) {
          Optional<Path> older =
              homes
                  .filter(home -> isOlder(home.resolve("release")))
                  .map(home -> home.resolve("bin/java"))
                  .filter(Files::isExecutable)
                  .findFirst();
          if (older.isPresent()) {
            return older;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A JDK says in its file {@code release} which one it is: {@code JAVA_VERSION="17.0.2"}. */
  private static boolean isOlder(Path release) {
    try {
      return Files.readString(release)
          .matches("(?s).*JAVA_VERSION=\"(1\\.8|9|1[0-9]|2[0-4])[\".].*");
    } catch (IOException e) {
      return false;
    }
  }
}
