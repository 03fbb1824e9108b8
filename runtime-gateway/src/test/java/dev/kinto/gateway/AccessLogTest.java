package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The line that each request leaves (contract C47). */
@Timeout(120)
class AccessLogTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** What a pipe holds, in bytes. */
  private static final int PIPE = 64 * 1024;

  /** Fields as log tools read them, ours behind them. */
  private static final Pattern COMBINED =
      Pattern.compile(
          "(\\S+) - (\\S+) \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]"
              + " \"([^\"]*)\" (\\d{3}) (\\d+) \"-\" \"-\" [0-9a-f]{32} (\\S+) (\\S+)"
              + " \"([^\"]*)\" (\\S+) \"([^\"]*)\" [0-9.]+ [0-9.]+");

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;
  @AutoClose private @Nullable InputStream reader;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    upstream = RawUpstream.start();
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nshop-user: lovelace\r\n\r\nhello");
    file = folder.resolve("access.log");
  }

  private TestGateway.Builder configuration(String format) throws IOException {
    return TestGateway.in(folder)
        .service(
            TestManifest.of("shop").route("GET /{id}").writes("shop-user").build(), upstream.uri())
        .set("accessLog.format", format)
        .set("accessLog.file", file.toString());
  }

  /** Waits for so many lines, which may stand in another order than the requests came in. */
  private static List<String> lines(Path log, int count) throws Exception {
    List<String> lines = whole(log);
    while (lines.size() < count) {
      Thread.sleep(10);
      lines = whole(log);
    }
    return lines;
  }

  /** Waits for the line of a request. */
  private String line(RawAnswer answer) throws Exception {
    String id = answer.header("kinto-request-id").orElseThrow();
    while (whole(file).stream().noneMatch(line -> line.contains(id))) {
      Thread.sleep(10);
    }
    return whole(file).stream().filter(line -> line.contains(id)).findFirst().orElseThrow();
  }

  private static List<String> whole(Path log) throws IOException {
    String text = Files.exists(log) ? Files.readString(log) : "";
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static Path pipe(Path path) throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
    return path;
  }

  /** Waits until the log's writer waits within a line that is longer than a pipe holds. */
  private InputStream stopWithinALine(TestGateway gateway) throws Exception {
    String token = gateway.token();
    InputStream reader = new FileInputStream(file.toFile());
    String path = "/" + "x".repeat(4 * PIPE);
    assertEquals(404, send(gateway, token, "GET " + path + " HTTP/1.1").status());
    while (reader.available() < PIPE / 2) {
      Thread.sleep(10);
    }
    return reader;
  }

  private static RawAnswer send(TestGateway gateway, String token, String request)
      throws IOException {
    return gateway.exchange(
        request + "\r\nHost: h\r\nKinto-Authorization: Bearer " + token + "\r\n\r\n");
  }

  @Test
  void jsonSaysWhatBecameOfARequestAndNothingSecret() throws Exception {
    try (TestGateway gateway = configuration("json").start()) {
      String token = gateway.token();
      RawAnswer answer = send(gateway, token, "GET /shop/17?password=hunter2 HTTP/1.1");
      assertEquals(200, answer.status());
      RawAnswer forged = send(gateway, "k.forged", "GET /shop/17 HTTP/1.1");
      assertEquals(401, forged.status());
      RawAnswer invalid = send(gateway, token, "GET /shop/\"\u0001 HTTP/1.1");
      assertEquals(400, invalid.status());
      lines(file, 4);
      JsonNode line = JSON.readTree(line(answer));
      OffsetDateTime.parse(line.path("time").stringValue());
      assertEquals(
          answer.header("kinto-request-id").orElseThrow(), line.path("requestId").stringValue());
      assertEquals("127.0.0.1", line.path("address").stringValue());
      assertEquals("demo-web", line.path("client").stringValue());
      assertEquals("demo", line.path("environment").stringValue());
      assertEquals("shop", line.path("service").stringValue());
      assertEquals("GET /shop/{id}", line.path("route").stringValue());
      assertEquals("GET", line.path("method").stringValue());
      assertEquals("/shop/17", line.path("path").stringValue());
      assertEquals(200, line.path("status").intValue());
      assertEquals(5, line.path("bytes").intValue());
      assertTrue(line.path("milliseconds").doubleValue() > 0, line.toString());
      assertTrue(line.path("upstreamMilliseconds").doubleValue() > 0, line.toString());
      assertEquals("token-invalid", JSON.readTree(line(forged)).path("code").stringValue());
      assertEquals("request-invalid", JSON.readTree(line(invalid)).path("code").stringValue());
      String all = Files.readString(file);
      for (String secret : List.of(token, "hunter2", "lovelace", "k.forged", TestGateway.SECRET)) {
        assertFalse(all.contains(secret), secret);
      }
    }
  }

  @Test
  void combinedIsReadByItsTools() throws Exception {
    try (TestGateway gateway = configuration("combined").start()) {
      String token = gateway.token();
      RawAnswer answer = send(gateway, token, "GET /shop/a%22b HTTP/1.1");
      assertEquals(200, answer.status());
      RawAnswer unknown = send(gateway, token, "GET /shop/1/2 HTTP/1.1");
      assertEquals(404, unknown.status());
      assertEquals(404, send(gateway, token, "GET /sh\"op\" HTTP/1.1").status());
      List<String> lines = lines(file, 4);
      lines.forEach(
          line -> assertTrue(COMBINED.matcher(line.replace("\\\"", "'")).matches(), line));
      String line = line(answer);
      assertTrue(line.contains("\"GET /shop/a%22b HTTP/1.1\" 200 5 \"-\" \"-\" "), line);
      assertTrue(
          line.contains(" demo shop \"GET /shop/{id}\" - \"" + upstream.uri() + "\" "), line);
      String refused = line(unknown);
      assertTrue(refused.contains(" demo - \"-\" route-unknown \"-\" "), refused);
    }
  }

  /** As logrotate does it: rename, then tell. */
  @Test
  void aReloadOpensTheFileAgain() throws Exception {
    try (TestGateway gateway = configuration("json").start()) {
      String token = gateway.token();
      lines(file, 1);
      Path renamed = folder.resolve("access.log.1");
      Files.move(file, renamed);
      gateway.reload(configuration("json"));
      send(gateway, token, "GET /shop/1 HTTP/1.1");
      assertEquals(1, lines(file, 1).size());
      assertEquals(1, Files.readAllLines(renamed).size());
      Files.move(file, folder.resolve("access.log.2"));
      assertThrows(
          InvalidConfigException.class,
          () -> gateway.reload(configuration("json").set("nobody.knows", "this")));
      send(gateway, token, "GET /shop/1 HTTP/1.1");
      assertEquals(1, lines(file, 1).size(), "a reload that is refused opens it too");
      assertEquals("other: accessLog", gateway.reload(configuration("combined")).toString());
      RawAnswer answer = send(gateway, token, "GET /shop/1 HTTP/1.1");
      assertTrue(line(answer).startsWith("127.0.0.1 - demo-web ["));
    }
    assertEquals(2, Files.readAllLines(file).size());
  }

  /** A disk that is full keeps no request waiting, and what is left is written at the end. */
  @Test
  void aFullDiskIsNoRequestsConcern() throws Exception {
    try (LogLines log = LogLines.open();
        TestGateway gateway = configuration("json").set("accessLog.file", "/dev/full").start()) {
      String token = gateway.token();
      assertEquals(200, send(gateway, token, "GET /shop/1 HTTP/1.1").status());
      log.await("The access log /dev/full cannot be written");
      assertEquals(200, send(gateway, token, "GET /shop/1 HTTP/1.1").status());
    }
  }

  /** As standard output may be, too; what is left is written when the reader goes on. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
  void aReaderThatStopsHoldsUpNoReloadAndNoEnd() throws Exception {
    pipe(file);
    TestGateway.Builder configuration =
        configuration("json").set("clientLimits.maxTargetLength", 8 * PIPE);
    try (TestGateway gateway = configuration.start()) {
      reader = stopWithinALine(gateway);
      assertEquals("nothing is different", gateway.reload(configuration).toString());
    }
    String all = new String(reader.readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, all.lines().count());
    all.lines().forEach(JSON::readTree);
  }

  /** As a disk that gets full does, and has room again. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
  void aLineThatBrokeOffDoesNotSpoilTheNext() throws Exception {
    pipe(file);
    try (LogLines log = LogLines.open();
        TestGateway gateway =
            configuration("json").set("clientLimits.maxTargetLength", 8 * PIPE).start()) {
      String token = gateway.token();
      stopWithinALine(gateway).close();
      log.await("The access log " + file + " cannot be written");
      RawAnswer answer = send(gateway, token, "GET /shop/1 HTTP/1.1");
      assertEquals(200, answer.status());
      try (BufferedReader next = Files.newBufferedReader(file)) {
        assertEquals("", next.readLine(), "the rest of the line that broke off");
        assertEquals(
            answer.header("kinto-request-id").orElseThrow(),
            JSON.readTree(next.readLine()).path("requestId").stringValue());
      }
    }
  }

  @Test
  void aFolderThatIsNotThereIsRefused() throws Exception {
    InvalidConfigException refused =
        assertThrows(
            InvalidConfigException.class,
            () -> configuration("json").set("accessLog.file", "no/such/access.log").start());
    assertTrue(
        refused.problems().getFirst().contains("a file in a folder that is there is wanted"),
        refused.problems().toString());
  }
}
