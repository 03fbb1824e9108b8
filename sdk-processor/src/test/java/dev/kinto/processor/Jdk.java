package dev.kinto.processor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JDK on this machine, whose javac runs as a process of its own. */
final class Jdk {
  private final Path home;

  private Jdk(Path home) {
    this.home = home;
  }

  /** The JDK that runs the tests. */
  static Jdk own() {
    return new Jdk(Path.of(System.getProperty("java.home")));
  }

  /** One of a release, where toolchains look for it; without one the test is skipped. */
  static Jdk ofRelease(int release) {
    Optional<Path> found = candidates().filter(home -> isOf(home, release)).findFirst();
    assumeTrue(
        found.isPresent(),
        "There is no JDK "
            + release
            + " in JAVA"
            + release
            + "_HOME, /usr/lib/jvm, ~/.sdkman or ~/.jdks.");
    return new Jdk(found.orElseThrow());
  }

  private static Stream<Path> candidates() {
    Path user = Path.of(System.getProperty("user.home"));
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().matches("JAVA_?\\d*_?HOME(_\\d+.*)?"))
            .map(variable -> Path.of(variable.getValue()));
    Stream<Path> installed =
        Stream.of(
                Path.of("/usr/lib/jvm"),
                user.resolve(".sdkman/candidates/java"),
                user.resolve(".jdks"),
                Path.of("/Library/Java/JavaVirtualMachines"))
            .flatMap(Jdk::folders)
            .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")));
    return Stream.concat(named, installed);
  }

  private static Stream<Path> folders(Path folder) {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.sorted().toList().stream();
    } catch (IOException absent) {
      return Stream.empty();
    }
  }

  private static boolean isOf(Path home, int release) {
    try {
      return Files.isExecutable(home.resolve("bin/javac"))
          && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + release + ".");
    } catch (IOException absent) {
      return false;
    }
  }

  /** The jars and folders of the test's class path whose path holds one of some words. */
  static String path(String... words) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> !path.contains("test-classes"))
        .filter(path -> Arrays.stream(words).anyMatch(path::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the processor needs: itself, the shared rules, JavaPoet. */
  static String processorPath() {
    String own =
        Objects.requireNonNull(KintoProcessor.class.getProtectionDomain().getCodeSource())
            .getLocation()
            .getPath();
    return own + File.pathSeparator + annotations() + File.pathSeparator + path("javapoet");
  }

  /** What a microservice needs. */
  static String annotations() {
    return Objects.requireNonNull(
            dev.kinto.annotations.Api.class.getProtectionDomain().getCodeSource())
        .getLocation()
        .getPath();
  }

  /** Runs javac, and gives all that it says. */
  String javac(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/javac").toString());
    command.addAll(arguments);
    try {
      Path said = Files.createTempFile(folder, "javac", ".txt");
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(said.toFile())
          .start()
          .waitFor();
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
