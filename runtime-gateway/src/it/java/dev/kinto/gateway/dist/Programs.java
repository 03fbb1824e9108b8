package dev.kinto.gateway.dist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Which programs this machine has. */
final class Programs {
  private Programs() {}

  static boolean has(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
