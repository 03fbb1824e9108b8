package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Tools from npm that tests hold ours against. They are installed once into {@code target}. Without
 * Node.js the tests are skipped and say so, except where the variable {@code CI} is set: there they
 * fail.
 */
final class RealTools {
  private static final Path TOOLS = Path.of("src/test/node");
  static final Path INSTALLED = Path.of("target/node").toAbsolutePath();

  private RealTools() {}

  /** Installs them, unless they are there already. */
  static void install() throws IOException, InterruptedException {
    boolean there = isThere("node") && isThere("npm");
    String reason = "Node.js (node and npm) is not on the path; the real apidoc cannot be run.";
    if (System.getenv("CI") != null) {
      assertTrue(there, reason);
    }
    Assumptions.assumeTrue(there, reason);
    Files.createDirectories(INSTALLED);
    boolean stale = false;
    for (String file : List.of("package.json", "package-lock.json", "validate.mjs")) {
      Path to = INSTALLED.resolve(file);
      byte[] wanted = Files.readAllBytes(TOOLS.resolve(file));
      stale |= !Files.exists(to) || !Arrays.equals(wanted, Files.readAllBytes(to));
      Files.write(to, wanted);
    }
    if (stale || !Files.exists(INSTALLED.resolve("node_modules/.package-lock.json"))) {
      run(List.of(tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"), INSTALLED);
    }
  }

  private static String tool(String name) {
    return name.equals("npm") && File.separatorChar == '\\' ? "npm.cmd" : name;
  }

  private static boolean isThere(String name) throws InterruptedException {
    try {
      return new ProcessBuilder(tool(name), "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** Runs a command, which must succeed. */
  static void run(List<String> command, Path in) throws IOException, InterruptedException {
    Path said = Files.createTempFile(INSTALLED, "said", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String output = Files.readString(said);
    Files.delete(said);
    assertTrue(ended && process.exitValue() == 0, command + ": " + output);
  }
}
