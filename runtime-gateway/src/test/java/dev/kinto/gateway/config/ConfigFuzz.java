package dev.kinto.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Fuzz target: configuration files. One is read, or refused with what is wrong (contract C42). How
 * to run it: docs/hostile-input.md.
 */
public final class ConfigFuzz {
  private static final Path FILE = temporaryFile();

  private ConfigFuzz() {}

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    try {
      GatewayConfig.read(FILE, Map.of("SET", "value")).orThrow();
    } catch (InvalidConfigException e) {
      if (e.problems().isEmpty()) {
        throw new AssertionError("a refusal without a reason");
      }
    }
  }

  private static Path temporaryFile() {
    try {
      Path file = Files.createTempFile("kinto-fuzz", ".yaml");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
