package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The line that each request leaves (contract C47). */
@Timeout(120)
class AccessLogTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Fields as log tools read them, ours behind them. */
  private static final Pattern COMBINED =
      Pattern.compile(
          "(\\S+) - (\\S+) \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]"
              + " \"([^\"]*)\" (\\d{3}) (\\d+) \"-\" \"-\" [0-9a-f]{32} (\\S+) (\\S+)"
              + " \"([^\"]*)\" (\\S+) \"([^\"]*)\" [0-9.]+ [0-9.]+");

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;
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

  /** Waits for so many lines. */
  private static List<String> lines(Path log, int count) throws Exception {
    while (!Files.exists(log) || Files.readAllLines(log).size() < count) {
      Thread.sleep(10);
    }
    return Files.readAllLines(log);
  }

  private static RawAnswer send(TestGateway gateway, String token, String request)
      throws IOException {
    try (RawClient client = gateway.connect()) {
      return client.exchange(
          request + "\r\nHost: h\r\nKinto-Authorization: Bearer " + token + "\r\n\r\n");
    }
  }

  @Test
  void jsonSaysWhatBecameOfARequestAndNothingSecret() throws Exception {
    try (TestGateway gateway = configuration("json").start()) {
      String token = gateway.token();
      RawAnswer answer = send(gateway, token, "GET /shop/17?password=hunter2 HTTP/1.1");
      assertEquals(200, answer.status());
      assertEquals(401, send(gateway, "k.forged", "GET /shop/17 HTTP/1.1").status());
      assertEquals(400, send(gateway, token, "GET /shop/\"\u0001 HTTP/1.1").status());
      List<String> lines = lines(file, 4);
      JsonNode line = JSON.readTree(lines.get(1));
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
      assertEquals("token-invalid", JSON.readTree(lines.get(2)).path("code").stringValue());
      assertEquals("request-invalid", JSON.readTree(lines.get(3)).path("code").stringValue());
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
      assertEquals(200, send(gateway, token, "GET /shop/a%22b HTTP/1.1").status());
      assertEquals(404, send(gateway, token, "GET /shop/1/2 HTTP/1.1").status());
      assertEquals(404, send(gateway, token, "GET /sh\"op\" HTTP/1.1").status());
      List<String> lines = lines(file, 4);
      lines.forEach(
          line -> assertTrue(COMBINED.matcher(line.replace("\\\"", "'")).matches(), line));
      assertTrue(
          lines.get(1).contains("\"GET /shop/a%22b HTTP/1.1\" 200 5 \"-\" \"-\" "), lines.get(1));
      assertTrue(
          lines.get(1).contains(" demo shop \"GET /shop/{id}\" - \"" + upstream.uri() + "\" "),
          lines.get(1));
      assertTrue(lines.get(2).contains(" demo - \"-\" route-unknown \"-\" "), lines.get(2));
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
      gateway.reload(configuration("combined"));
      send(gateway, token, "GET /shop/1 HTTP/1.1");
      assertTrue(lines(file, 2).get(1).startsWith("127.0.0.1 - demo-web ["));
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
