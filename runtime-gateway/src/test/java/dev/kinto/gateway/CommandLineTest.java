package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.TokensConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands, each in a JVM of its own as an operator runs them (contract C41, C42). */
class CommandLineTest {
  private static final int TIME_LIMIT_SECONDS = 60;

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;

  @BeforeEach
  void start() throws IOException {
    upstream = RawUpstream.start();
  }

  /** What a finished command left. */
  private record Result(int exit, String out, String err) {}

  private Result run(String... arguments) throws Exception {
    try (KintoProcess process = KintoProcess.start(folder, arguments)) {
      String out = process.out();
      return new Result(process.exitCode(), out, process.err());
    }
  }

  /** A configuration with free ports, one microservice and the clients of these lines. */
  private Path configuration(String clients) throws IOException {
    Files.writeString(
        folder.resolve("shop.json"), TestManifest.of("shop").route("GET /see").build().toJson());
    return Files.writeString(
        folder.resolve("kinto.yaml"),
        """
        listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
        environments:
          demo:
            services:
              shop:
                manifest: shop.json
                upstreams: [ "%s" ]
        clients:
        %s
        """
            .formatted(upstream.uri(), clients));
  }

  /** What {@code client new} tells: the id, the secret, and the lines for the configuration. */
  private record NewClient(String id, String secret, String lines) {
    static NewClient of(String out) {
      return new NewClient(
          after("client id:", out),
          after("client secret:", out),
          out.substring(out.indexOf("  - id:"), out.indexOf("To replace")));
    }

    private static String after(String label, String out) {
      return out.lines()
          .filter(line -> line.startsWith(label))
          .findFirst()
          .orElseThrow()
          .substring(label.length())
          .strip();
    }
  }

  private NewClient newClient() throws Exception {
    Result result = run("client", "new");
    assertEquals(0, result.exit(), result.err());
    return NewClient.of(result.out());
  }

  private static String token(URI api, NewClient client) throws IOException {
    String body =
        "{\"clientId\": \"" + client.id() + "\", \"clientSecret\": \"" + client.secret() + "\"}";
    try (RawClient http = RawClient.to(api)) {
      RawAnswer answer =
          http.exchange(
              "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
      assertEquals(200, answer.status(), answer.toString());
      return answer.json().path("token").stringValue();
    }
  }

  /** The whole life: what client new prints works, SIGTERM drains, a restart logs nobody out. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aGatewayServesDrainsOnSigtermAndKeepsItsKey() throws Exception {
    NewClient client = newClient();
    Path file = configuration(client.lines());
    CountDownLatch release = new CountDownLatch(1);
    upstream.answers(
        (_, connection) -> {
          await(release);
          connection.send(RawUpstream.OK);
        });
    try (KintoProcess process = KintoProcess.serve(folder, file)) {
      URI api = process.address("api");
      URI open = process.address("public");
      process.address("admin");
      String token = token(api, client);
      try (RawClient running = RawClient.to(api);
          RawClient idle = RawClient.to(open)) {
        assertEquals(404, idle.exchange("GET /x/y HTTP/1.1\r\nHost: h\r\n\r\n").status());
        running.send(
            "GET /shop/see HTTP/1.1\r\nHost: h\r\nKinto-Authorization: Bearer "
                + token
                + "\r\n\r\n");
        upstream.take();
        process.signal("TERM");
        assertTrue(idle.ended(), "idle connections are closed");
        assertTrue(process.isAlive(), "a running request is waited for");
        release.countDown();
        RawAnswer last = running.read();
        assertEquals("ok", last.text());
        assertEquals("close", last.header("connection").orElse(""), "it is the last one");
      }
      assertEquals(0, process.exitCode(), process.err());
      assertEquals("", process.out(), "nothing else is printed");
      assertFalse(process.err().contains(token) || process.err().contains(client.secret()));
      assertEquals(List.of(), emptyFolders(folder.resolve("kinto-data")));
    }
    assertTrue(Files.exists(folder.resolve("kinto-data/token.key")));
  }

  private static List<Path> emptyFolders(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isDirectory).filter(CommandLineTest::isEmpty).toList();
    }
  }

  private static boolean isEmpty(Path folder) {
    return folder.toFile().list().length == 0;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(TIME_LIMIT_SECONDS, TimeUnit.SECONDS), "waited in vain");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** C42: stopped before it listens, all listed at once, on stderr. */
  @Test
  void aBadConfigurationIsListedAndNothingStarts() throws Exception {
    Path file = configuration("  - { id: a, environment: nowhere, secretHash: x }");
    Files.writeString(file, Files.readString(file) + "unknown: 1\n");
    Files.writeString(folder.resolve("shop.json"), "{");
    for (String option : List.of("--check", "")) {
      Result result = run(("serve " + option + " --config " + file).split(" +"));
      assertEquals(1, result.exit());
      assertEquals("", result.out());
      List<String> lines = result.err().lines().toList();
      assertEquals(5, lines.size(), result.err());
      assertTrue(lines.get(0).contains("kinto.yaml:9: clients[0].environment: "), result.err());
      assertTrue(lines.get(1).contains("kinto.yaml:9: clients[0].secretHash: "), result.err());
      assertTrue(lines.get(2).contains("kinto.yaml:10: unknown: "), result.err());
      assertTrue(lines.get(3).contains("shop.json: line 1, column 2: not JSON"), result.err());
      assertTrue(lines.get(4).startsWith("4 problem(s)"), result.err());
      assertFalse(Files.exists(folder.resolve("kinto-data")));
    }
  }

  /** What stands in a manifest may be another team's, and this output is the log's beginning. */
  @Test
  void aManifestForgesNoLineOfAStart() throws Exception {
    Path file = configuration("  []");
    Files.writeString(
        folder.resolve("shop.json"),
        """
        {"manifestVersion": 1, "microservice": "shop", "routes": [], "x\\n2026 ERROR\\u001b[31m": 1}
        """);
    for (String option : List.of("--check", "")) {
      Result result = run(("serve " + option + " --config " + file).split(" +"));
      assertTrue(result.err().contains("/x\\u000a2026 ERROR\\u001b[31m: "), result.err());
    }
  }

  @Test
  void aConfigurationIsCheckedWithoutStartingAnything() throws Exception {
    Path file = configuration("  []");
    Result good = run("serve", "--check", "--config", file.toString());
    assertEquals(0, good.exit(), good.err());
    assertTrue(good.out().endsWith("are good.\n"), good.out());
    Files.writeString(folder.resolve("shop.json"), "{\"manifestVersion\": 7}");
    Result broken = run("serve", "--check", "--config", file.toString());
    assertEquals(1, broken.exit());
    assertTrue(broken.err().contains("shop.json: /manifestVersion: "), broken.err());
    assertEquals("", broken.out());
    assertFalse(Files.exists(folder.resolve("kinto-data")));
  }

  @Test
  void contractErrorsAreListedAndNothingStarts() throws Exception {
    Path file = configuration("  []");
    Files.writeString(folder.resolve("shop.json"), "{\"manifestVersion\": 7}");
    Result result = run("serve", "--config", file.toString());
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("shop.json: /manifestVersion: "), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void aPortThatIsTakenIsOneClearMessage() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Path file = configuration(newClient().lines());
      String port = Integer.toString(taken.getLocalPort());
      Files.writeString(
          file, Files.readString(file).replace("api: { port: 0 }", "api: { port: " + port + " }"));
      Result result = run("serve", "--config", file.toString());
      assertEquals(1, result.exit());
      assertEquals("", result.out());
      assertTrue(result.err().contains(port), result.err());
      assertFalse(result.err().contains("\tat "), result.err());
      assertFalse(result.err().contains("Exception"), result.err());
      assertEquals(1, result.err().lines().count(), result.err());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "serve",
        "serve --config",
        "serve --config absent.yaml",
        "serve --config a --config b",
        "client",
        "client nonsense",
        "client new --id a/b",
        "key",
        "key new x",
        "grid",
        "grid certificates",
        "grid certificates x",
        "import",
        "health --admin nonsense",
        "health --admin file:///etc/passwd",
        "completion",
        "completion tcsh",
        "aot",
      })
  void wrongUseIsTwo(String arguments) throws Exception {
    Result result = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertEquals(2, result.exit(), result.err());
    assertFalse(result.err().isBlank());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "import",
        "client",
        "client new",
        "key",
        "key new",
        "grid",
        "grid certificates",
        "health",
        "completion",
        "aot"
      })
  void everyCommandHasHelp(String command) throws Exception {
    Result result = run((command + " --help").strip().split(" "));
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().startsWith("Usage: kinto-gateway " + command), result.out());
    assertEquals("", result.err());
  }

  @Test
  void newClientsAndKeysAreNeverTheSame() throws Exception {
    NewClient first = newClient();
    NewClient second = newClient();
    assertFalse(first.id().equals(second.id()));
    assertFalse(first.secret().equals(second.secret()));
    assertTrue(first.secret().length() * 6 >= 256, first.secret());
    assertFalse(first.lines().contains(first.secret()));
    NewKey one = newKey();
    NewKey other = newKey();
    assertFalse(one.variable().equals(other.variable()), "both may be set at a time");
    assertFalse(one.secret().equals(other.secret()));
  }

  /** What {@code key new} tells: the variable, what it is to hold, and the lines. */
  private record NewKey(String variable, String secret, String lines) {}

  private NewKey newKey() throws Exception {
    String out = run("key", "new").out();
    Matcher printed = Pattern.compile("(?m)^  (KINTO_KEY_K[0-9A-F]+)=(\\S+)$").matcher(out);
    assertTrue(printed.find(), out);
    return new NewKey(
        printed.group(1),
        printed.group(2),
        out.substring(out.indexOf("  tokens:"), out.indexOf("A gateway that runs")));
  }

  @Test
  void healthAsksAGatewayThatRunsAndOneThatDoesNot() throws Exception {
    URI admin;
    try (KintoProcess process = KintoProcess.serve(folder, configuration("  []"))) {
      process.address("api");
      process.address("public");
      admin = process.address("admin");
      for (String option : List.of("", "--live")) {
        Result good = run(("health " + option + " --admin " + admin).split(" +"));
        assertEquals(0, good.exit(), good.err());
        assertTrue(good.out().contains("UP"), good.out());
      }
    }
    Result gone = run("health", "--admin", admin.toString());
    assertEquals(1, gone.exit(), gone.out());
    assertTrue(gone.err().startsWith(admin + "/health/ready does not answer: "), gone.err());
  }

  /** What bin/kinto has the JVM learn from: it serves what a client calls. */
  @Test
  void aTrainingStartsCallsAndStops() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("training"));
    Result result = run("aot", "--train", empty.toString());
    assertEquals(0, result.exit(), result.err());
    assertFalse(result.err().contains("WARNING"), result.err());
  }

  /** C23: the lines are those of a configuration, and the first key signs. */
  @Test
  void theLinesOfANewKeyMakeAConfiguration() throws Exception {
    NewKey key = newKey();
    Path file = configuration("  []");
    Files.writeString(file, Files.readString(file) + key.lines().replaceAll("(?m)^  ", ""));
    TokensConfig tokens =
        GatewayConfig.read(file, Map.of(key.variable(), key.secret())).orThrow().tokens();
    assertEquals(key.secret(), tokens.keys().getFirst().secret());
  }
}
