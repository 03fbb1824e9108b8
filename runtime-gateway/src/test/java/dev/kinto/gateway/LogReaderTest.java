package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A log that goes into a pipe whose reader takes its time, or takes nothing any more. */
@Timeout(240)
@DisabledOnOs(OS.WINDOWS)
class LogReaderTest {
  /** Their lines are more than a pipe holds, and less than the gateway does. */
  private static final int REQUESTS = 3_000;

  @TempDir Path folder;
  @AutoClose private KintoProcess process;
  @AutoClose private InputStream log;
  private URI api;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(
        folder.resolve("kinto.yaml"),
        "listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }\n");
    Files.writeString(
        folder.resolve("logging.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level = ALL
        .level = WARNING
        dev.kinto.level = FINE
        """);
    Path pipe = folder.resolve("log.pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    CompletableFuture<InputStream> reader = CompletableFuture.supplyAsync(() -> open(pipe));
    process =
        KintoProcess.start(
            folder,
            List.of("sh", "-c", "exec \"$0\" \"$@\" 2> log.pipe"),
            List.of("-Djava.util.logging.config.file=logging.properties"),
            Map.of(),
            "serve",
            "--config",
            "kinto.yaml");
    log = reader.get();
    api = process.address("api");
    process.address("public");
    process.address("admin");
  }

  private static InputStream open(Path pipe) {
    try {
      return Files.newInputStream(pipe);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends requests that are refused, each of which gives a line, and gives their ids. */
  private List<String> refused() throws Exception {
    List<String> ids = new ArrayList<>();
    try (RawClient client = RawClient.to(api)) {
      for (int i = 0; i < REQUESTS; i++) {
        RawAnswer answer = client.exchange("GET /nobody/x HTTP/1.1\r\nHost: h\r\n\r\n");
        assertEquals(401, answer.status());
        ids.add(answer.header("kinto-request-id").orElseThrow());
      }
    }
    return ids;
  }

  @Test
  void requestsAreAnsweredMeanwhileAndNoLineIsLost() throws Exception {
    List<String> ids = refused();
    process.signal("TERM");
    List<String> lines = new String(log.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertEquals(0, process.exitCode());
    assertTrue(
        lines.stream().anyMatch(line -> line.endsWith(" INFO api listening on " + api)),
        lines.getFirst());
    assertEquals(
        ids,
        lines.stream()
            .filter(line -> line.contains(": 401 token-missing, "))
            .map(line -> line.replaceAll(".* Request ([^:]+):.*", "$1"))
            .toList());
    assertTrue(lines.getLast().contains(" INFO Draining"), lines.getLast());
  }

  @Test
  void theProcessEndsAllTheSame() throws Exception {
    assertEquals(REQUESTS, refused().size());
    process.signal("TERM");
    assertEquals(0, process.exitCode());
  }
}
