package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start needs of the machine, as {@code --check} says it without a start (contract C42). */
class StartCheckTest {
  @TempDir Path folder;

  private ConfigDraft read(String yaml) throws IOException {
    return GatewayConfig.read(Files.writeString(folder.resolve("kinto.yaml"), yaml), Map.of());
  }

  private String problems(String yaml) {
    InvalidConfigException e =
        assertThrows(InvalidConfigException.class, () -> Gateway.check(read(yaml)));
    return String.join("\n", e.problems()).replace(folder.resolve("kinto.yaml") + ":", "");
  }

  private static final String NO_FOLDER =
      "1: dataDirectory: a folder that can be written to is wanted, or a place for one; no file"
          + " may be in its way, and what is above it must be writable. Found: \"%s\"";

  @ParameterizedTest
  @ValueSource(strings = {"a-file", "a-file/below/it"})
  void aFileIsInTheWayOfTheDataDirectory(String directory) throws IOException {
    Files.createFile(folder.resolve("a-file"));
    assertEquals(NO_FOLDER.formatted(directory), problems("dataDirectory: " + directory));
  }

  /** Its rights say that root may write there; no folder can be made all the same. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theDataDirectoryCannotBeMadeInAVirtualFileSystem() {
    assertEquals(NO_FOLDER.formatted("/proc/x"), problems("dataDirectory: /proc/x"));
    assertEquals(
        NO_FOLDER.replace("dataDirectory", "grid.persistence").formatted("/proc/x"),
        problems("grid: { persistence: /proc/x }"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
  void aListenerListensAtAnAddressOfThisMachine(String host) {
    for (String listener : List.of("api", "public", "admin")) {
      String found = problems("listeners: { " + listener + ": { host: \"" + host + "\" } }");
      assertTrue(
          found.startsWith("1: listeners." + listener + ".host: an address of this machine"),
          found);
      assertTrue(found.endsWith("Found: \"" + host + "\""), found);
    }
  }

  /** Whoever reads a named pipe waits until somebody writes: no start or reload may. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "environments: { d: { services: { m: { manifest: pipe } } } }",
        "environments: { d: { services: { m: { upstreamTls: { trust: pipe } } } } }",
        "environments: { d: { config: { k: { secretFile: pipe } } } }",
        "dataDirectory: data",
        "listeners: { api: { tls: { certificate: pipe, key: pipe } } }"
      })
  @EnabledOnOs(OS.LINUX)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aNamedPipeIsNoFile(String yaml) throws Exception {
    Path pipe = folder.resolve("pipe");
    makePipe(pipe);
    Files.createSymbolicLink(
        Files.createDirectory(folder.resolve("data")).resolve("token.key"), pipe);
    String found = problems(yaml);
    assertTrue(found.contains("a file is wanted, and this is a named pipe or a device."), found);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aConfigurationInANamedPipeIsNoFile() throws Exception {
    Path pipe = folder.resolve("pipe.yaml");
    makePipe(pipe);
    InvalidConfigException e =
        assertThrows(InvalidConfigException.class, GatewayConfig.read(pipe)::orThrow);
    assertEquals(
        List.of(pipe + ": a file is wanted, and this is a named pipe or a device."), e.problems());
  }

  /** Whoever reads one waits until somebody writes. */
  private static void makePipe(Path pipe) throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
  }

  @Test
  void aCheckLeavesNothingBehind() throws Exception {
    Gateway.check(read("dataDirectory: data/below\n"));
    assertEquals(List.of("kinto.yaml"), names(folder));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
