package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold what a command must print; {@code -Dkinto.goldens=rewrite} writes them anew. */
final class Golden {
  private Golden() {}

  static void check(Path file, String actual) throws IOException {
    if ("rewrite".equals(System.getProperty("kinto.goldens"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertEquals(
        Files.readString(file), actual, file + " (-Dkinto.goldens=rewrite writes it anew)");
  }
}
