package dev.kinto.gateway.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The archive, unpacked into a folder as an operator does. */
final class Installation {
  private final Path home;

  private Installation(Path home) {
    this.home = home;
  }

  /** What a finished program left. */
  record Result(int exit, String out, String err) {}

  static Installation in(Path folder) throws Exception {
    Result unpacked =
        run(folder, Map.of(), "tar", "xzf", archive().toString(), "--strip-components=1");
    if (unpacked.exit() != 0) {
      throw new AssertionError(unpacked.toString());
    }
    return new Installation(folder);
  }

  static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("kinto-gateway-.*\\.tar\\.gz"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("There is no archive: run mvn -Pdist verify"))
          .toAbsolutePath();
    }
  }

  Path file(String name) {
    return home.resolve(name);
  }

  String text(String name) throws IOException {
    return Files.readString(file(name));
  }

  /** Runs {@code bin/kinto} to its end, without a cache. */
  Result kinto(String... arguments) throws Exception {
    return kinto(Map.of("KINTO_CACHE", "off"), arguments);
  }

  Result kinto(Map<String, String> variables, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(file("bin/kinto").toString()));
    command.addAll(List.of(arguments));
    return run(home, variables, command.toArray(String[]::new));
  }

  static Result run(Path folder, Map<String, String> variables, String... command)
      throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = start(folder, variables, out, err, command);
    int exit = process.waitFor();
    Result result = new Result(exit, read(out), read(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  static Process start(
      Path folder, Map<String, String> variables, Path out, Path err, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // The JDK that runs this test, whatever else is on the machine.
    builder.environment().put("KINTO_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
