package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kinto.gateway.ThreeGateways.Mode;
import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code GET /metrics} tells, as Prometheus reads it (contract C46). */
@Timeout(120)
class MetricsTest {
  private static final Path GRAFANA = Path.of("../docs/grafana");

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;
  @AutoClose private TestGateway gateway;
  private URI gone;
  private String token;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.start();
    try (ServerSocket nobody = new ServerSocket(0)) {
      gone = URI.create("http://127.0.0.1:" + nobody.getLocalPort());
    }
    gateway = configuration().start();
    token = gateway.token();
  }

  private TestGateway.Builder configuration() throws IOException {
    return TestGateway.in(folder)
        .service(
            TestManifest.of("auth").route("POST /login").writes("auth-userId").build(),
            upstream.uri())
        .service(
            TestManifest.of("shop").route("GET /{id}").reads("auth-userId").build(), upstream.uri())
        .service(TestManifest.of("away").route("GET /x").build(), gone);
  }

  private RawAnswer send(String methodAndTarget, String more) throws Exception {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              methodAndTarget
                  + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nKinto-Authorization: Bearer "
                  + token
                  + "\r\n"
                  + more
                  + "\r\n");
      gateway.recorded(answer);
      return answer;
    }
  }

  private String metrics() throws IOException {
    try (RawClient client = RawClient.to(gateway.admin())) {
      RawAnswer answer = client.exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(200, answer.status());
      assertEquals(
          "text/plain; version=0.0.4; charset=utf-8", answer.header("content-type").orElseThrow());
      return new String(answer.body(), StandardCharsets.UTF_8);
    }
  }

  /** Waits for a line: who has an answer may ask before it is counted. */
  private String await(String line) throws Exception {
    String text = metrics();
    while (!text.lines().anyMatch(line::equals)) {
      Thread.sleep(20);
      text = metrics();
    }
    return text;
  }

  @Test
  void requestsAreCountedAndMeasured() throws Exception {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nauth-userId: 42\r\nauth-age: 7\r\n\r\n");
    assertEquals(200, send("POST /auth/login", "").status());
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertEquals(200, send("GET /shop/17", "auth-userid: 1\r\n").status());
    assertEquals(404, send("GET /shop/17/secret-of-a-client", "").status());
    assertEquals(502, send("GET /away/x", "").status());
    String labels = "environment=\"demo\",listener=\"api\"";
    await("kinto_refusals_total{code=\"upstream-unreachable\"} 1.0");
    String text =
        await(
            "kinto_requests_total{"
                + labels
                + ",route=\"GET /shop/{id}\",service=\"shop\",status=\"200\"} 1.0");
    for (String line :
        List.of(
            "kinto_requests_total{" + labels + ",route=\"\",service=\"\",status=\"404\"} 1.0",
            "kinto_requests_total{"
                + labels
                + ",route=\"POST /auth\",service=\"\",status=\"200\"} 1.0",
            "kinto_request_seconds_count{"
                + labels
                + ",route=\"GET /shop/{id}\",service=\"shop\"} 1",
            "kinto_request_seconds_bucket{"
                + labels
                + ",route=\"GET /shop/{id}\",service=\"shop\",le=\"+Inf\"} 1",
            "kinto_upstream_seconds_count{address=\""
                + upstream.uri()
                + "\",environment=\"demo\",service=\"shop\"} 1",
            "kinto_refusals_total{code=\"route-unknown\"} 1.0",
            "kinto_session_reads_total{field=\"auth-userId\"} 1.0",
            "kinto_session_writes_total{field=\"auth-userId\"} 1.0",
            "kinto_undeclared_writes_total{route=\"POST /auth/login\",service=\"auth\"} 1.0",
            "kinto_removed_headers_total{owner=\"auth\",route=\"GET /shop/{id}\"} 1.0",
            "kinto_upstream_up{address=\""
                + upstream.uri()
                + "\",environment=\"demo\",service=\"shop\"} 1.0",
            "kinto_upstream_up{address=\"" + gone + "\",environment=\"demo\",service=\"away\"} 0.0",
            "kinto_upstream_in_flight{address=\""
                + upstream.uri()
                + "\",environment=\"demo\",service=\"shop\"} 0.0",
            "kinto_sessions 1.0",
            "kinto_grid_nodes 1.0",
            "kinto_grid_available 1.0")) {
      assertTrue(text.lines().anyMatch(line::equals), () -> line + " is not in\n" + text);
    }
    assertTrue(text.contains("jvm_memory_used_bytes{"), text);
    assertFalse(text.contains("secret-of-a-client"), "labels are never what a client sends");
  }

  @Test
  void aRefusedReloadIsCountedAndRoutesThatAreGoneAreForgotten() throws Exception {
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nauth-userId: 42\r\n\r\n");
    assertEquals(200, send("POST /auth/login", "").status());
    assertEquals(200, send("GET /shop/17", "").status());
    assertThrows(
        InvalidConfigException.class,
        () -> gateway.reload(configuration().set("nobody.knows", "this")));
    String text = await("kinto_reloads_total{result=\"failure\"} 1.0");
    assertTrue(text.contains("route=\"GET /shop/{id}\""), text);
    gateway.reload(
        configuration().service(TestManifest.of("shop").route("GET /").build(), upstream.uri()));
    assertFalse(await("kinto_reloads_total{result=\"success\"} 1.0").contains("GET /shop/{id}"));
  }

  /** A file that stays broken is read again every few seconds: an alert would never end. */
  @Test
  void aQuietRetryIsCountedOnlyIfItEndsOtherwiseThanBefore() throws Exception {
    TestGateway.Builder broken = configuration().set("nobody.knows", "this");
    assertThrows(InvalidConfigException.class, () -> gateway.reload(broken));
    assertThrows(InvalidConfigException.class, () -> gateway.retry(broken));
    assertThrows(InvalidConfigException.class, () -> gateway.retry(broken));
    await("kinto_reloads_total{result=\"failure\"} 1.0");
    assertThrows(
        InvalidConfigException.class,
        () -> gateway.retry(configuration().set("another.key", "this")));
    await("kinto_reloads_total{result=\"failure\"} 2.0");
    gateway.retry(configuration());
    gateway.retry(configuration());
    await("kinto_reloads_total{result=\"success\"} 1.0");
    gateway.reload(configuration());
    await("kinto_reloads_total{result=\"success\"} 2.0");
  }

  private TestGateway.Builder twoEnvironments() throws IOException {
    return configuration()
        .environment("staging")
        .service(TestManifest.of("shop").route("GET /{id}").build(), upstream.uri())
        .service(
            TestManifest.of("auth").route("POST /login").writes("auth-userId").build(),
            upstream.uri())
        .client("staging-web", "s");
  }

  /** These are not told apart by environment: what one still counts does not go with the other. */
  @Test
  void whatTwoEnvironmentsCountTogetherStaysWithOneOfThem() throws Exception {
    gateway.reload(twoEnvironments());
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nauth-age: 42\r\n\r\n");
    String first = token;
    for (String each : List.of(token, gateway.token("staging-web", "s"))) {
      token = each;
      send("GET /shop/17", "auth-userid: 1\r\n");
      send("POST /auth/login", "");
    }
    String removed = "kinto_removed_headers_total{owner=\"auth\",route=\"GET /shop/{id}\"} ";
    String undeclared =
        "kinto_undeclared_writes_total{route=\"POST /auth/login\",service=\"auth\"} ";
    await(removed + "2.0");
    String text = await(undeclared + "2.0");
    assertTrue(text.contains("environment=\"staging\""), text);

    gateway.reload(configuration());
    text = metrics();
    assertTrue(text.contains(removed + "2.0") && text.contains(undeclared + "2.0"), text);
    token = first;
    send("GET /shop/17", "auth-userid: 1\r\n");
    await(removed + "3.0");
  }

  @Test
  void nothingIsLeftOfAnEnvironmentThatIsGone() throws Exception {
    gateway.reload(twoEnvironments());
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    token = gateway.token("staging-web", "s");
    assertEquals(200, send("GET /shop/17", "").status());
    assertEquals(404, send("GET /shop/17/x", "").status());
    String unknown =
        "kinto_requests_total{environment=\"staging\",listener=\"api\",route=\"\",service=\"\","
            + "status=\"404\"} 1.0";
    assertTrue(await(unknown).contains("kinto_upstream_seconds_count{address="));
    gateway.reload(configuration());
    String text = metrics();
    assertFalse(text.contains("staging"), text);
  }

  /** A microservice that shows its manifest itself changes names without a reload. */
  @Test
  void whatAPulledManifestHasNoMoreIsForgotten() throws Exception {
    try (ManifestServer pulled = ManifestServer.start()) {
      pulled.shows(TestManifest.of("pulled").route("GET /old").reads("auth-userId").build());
      gateway.reload(
          configuration().set("manifests.pollInterval", "PT0.1S").running("pulled", pulled.uri()));
      upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nauth-userId: 42\r\n\r\n");
      assertEquals(200, send("POST /auth/login", "").status());
      while (send("GET /pulled/old", "").status() != 200) {
        Thread.sleep(20);
      }
      assertTrue(metrics().contains("route=\"GET /pulled/old\""));
      pulled.shows(TestManifest.of("pulled").route("GET /new").build());
      while (metrics().contains("route=\"GET /pulled/old\"")) {
        Thread.sleep(20);
      }
      assertEquals(200, send("GET /pulled/new", "").status());
    }
  }

  /** It is counted once, however often it is shown: each one is an alert. */
  @Test
  void aRefusedManifestIsCounted() throws Exception {
    try (ManifestServer pulled = ManifestServer.start()) {
      gateway.reload(
          configuration().set("manifests.pollInterval", "PT0.1S").running("pulled", pulled.uri()));
      await("kinto_manifest_refused_total{service=\"pulled\"} 0.0");
      pulled.shows("{}");
      await("kinto_manifest_refused_total{service=\"pulled\"} 1.0");
      pulled.awaitAsked(3);
      await("kinto_manifest_refused_total{service=\"pulled\"} 1.0");
      pulled.shows(TestManifest.of("pulled").route("GET /x").writes("auth-userId").build());
      await("kinto_manifest_refused_total{service=\"pulled\"} 2.0");
      pulled.shows("404 Not Found", "", "");
      pulled.awaitAsked(3);
      await("kinto_manifest_refused_total{service=\"pulled\"} 2.0");
    }
  }

  /** Who has been refused for it can see it: what is measured is asked for at each scrape. */
  @Test
  void aLostMajorityIsSeenAtOnce(@TempDir Path other) throws Exception {
    try (ThreeGateways three =
        ThreeGateways.start(other, Mode.CLUSTER, each -> each.client("waiting", "s"))) {
      TestGateway alone = three.get(0);
      String known = alone.token();
      gateway.close();
      gateway = alone;
      await("kinto_grid_nodes 3.0");
      await("kinto_grid_available 1.0");
      three.stop(1);
      three.stop(2);
      while (alone.send("GET /auth", known).status() != 503) {
        Thread.onSpinWait();
      }
      String text = metrics();
      assertTrue(text.contains("\nkinto_grid_available 0.0\n"), text);
      // None while the node of this process begins anew.
      assertTrue(text.matches("(?s).*\nkinto_grid_nodes [01]\\.0\n.*"), text);
      await("kinto_refusals_total{code=\"grid-unavailable\"} 1.0");
      three.startAgain(1);
      await("kinto_grid_available 1.0");
      await("kinto_grid_nodes 2.0");
    }
  }

  /** Those that the contract names, in braces behind the metric. */
  @Test
  void labelsAreThoseOfTheContract() throws Exception {
    upstream.answers(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nauth-userId: 42\r\nauth-age: 7\r\n\r\n");
    assertEquals(200, send("POST /auth/login", "").status());
    assertEquals(200, send("GET /shop/17", "auth-userid: 1\r\n").status());
    assertEquals(404, send("GET /shop/17/x", "").status());
    try (ManifestServer pulled = ManifestServer.start()) {
      pulled.shows("{}");
      gateway.reload(
          configuration().set("manifests.pollInterval", "PT0.1S").running("pulled", pulled.uri()));
      await("kinto_reloads_total{result=\"success\"} 1.0");
      await("kinto_refusals_total{code=\"route-unknown\"} 1.0");
      String text = await("kinto_manifest_refused_total{service=\"pulled\"} 1.0");
      Map<String, Set<String>> promised = promised();
      assertEquals(9, promised.size(), promised.toString());
      promised.forEach((metric, labels) -> assertEquals(labels, labels(metric, text), metric));
    }
  }

  private static Map<String, Set<String>> promised() throws IOException {
    Map<String, Set<String>> promised = new TreeMap<>();
    Pattern.compile("`(kinto_[a-z_]+)\\{([a-z,]+)}`")
        .matcher(Files.readString(Path.of("../docs/contract.md")))
        .results()
        .forEach(each -> promised.put(each.group(1), Set.of(each.group(2).split(",", -1))));
    return promised;
  }

  /** Those of all series of a metric together. */
  private static Set<String> labels(String metric, String text) {
    return text.lines()
        .filter(line -> line.startsWith(metric + "{"))
        .flatMap(line -> Pattern.compile("[{,]([a-z]+)=\"").matcher(line).results())
        .map(each -> each.group(1))
        .collect(Collectors.toSet());
  }

  /** What a file asks for is there, and Prometheus' own tool finds nothing wrong in any of them. */
  @Test
  void promtoolFindsNothingWrong() throws Exception {
    assumeTrue(hasPromtool(), "promtool is not installed: Debian's package prometheus has it");
    upstream.answers(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nauth-userId: 42\r\nauth-age: 7\r\n\r\n");
    assertEquals(200, send("POST /auth/login", "").status());
    assertEquals(200, send("GET /shop/17", "auth-userid: 1\r\n").status());
    await("kinto_session_reads_total{field=\"auth-userId\"} 1.0");
    Path scraped = Files.writeString(folder.resolve("metrics.txt"), metrics());
    promtool(scraped, "check", "metrics");
    promtool(
        Path.of("/dev/null"),
        "check",
        "rules",
        GRAFANA.resolve("kinto-alerts.yaml").toAbsolutePath().toString());
    promtool(
        Path.of("/dev/null"),
        "test",
        "rules",
        GRAFANA.resolve("kinto-alerts-test.yaml").toAbsolutePath().toString());
  }

  private static boolean hasPromtool() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
  }

  private void promtool(Path input, String... arguments) throws Exception {
    Path said = folder.resolve("promtool.txt");
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> String.join(" ", arguments) + read(said));
  }

  private static String read(Path file) {
    try {
      return "\n" + Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Every metric that the dashboard and the alerts name is one of ours. */
  @Test
  void dashboardAndAlertsNameWhatThereIs() throws Exception {
    JsonNode dashboard =
        new JsonMapper().readTree(Files.readString(GRAFANA.resolve("kinto-dashboard.json")));
    String all =
        Files.readString(Path.of("../docs/contract.md"))
            + " kinto_request_seconds_bucket kinto_request_seconds_count"
            + " kinto_upstream_seconds_bucket kinto_upstream_seconds_count"
            + " kinto_request_seconds_sum kinto_upstream_seconds_sum";
    String named = dashboard.toString() + Files.readString(GRAFANA.resolve("kinto-alerts.yaml"));
    List<String> names =
        Pattern.compile("kinto_[a-z_]+")
            .matcher(named)
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertTrue(names.size() > 10, names.toString());
    names.forEach(name -> assertTrue(all.contains(name), name));
  }

  @Test
  void withoutThemNothingIsMeasured() throws Exception {
    gateway.close();
    gateway = configuration().set("metrics.enabled", false).start();
    try (RawClient client = RawClient.to(gateway.admin())) {
      assertEquals(
          404, client.exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").status());
    }
  }
}
