package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.grid.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that holds no data, and data nodes, each a process that is killed (contract C37). */
@Timeout(240)
class DataNodesProcessTest {
  private static final int SIZE = 3;

  /** That of the word "test". */
  private static final String HASH =
      "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  private static final String KEY = "a key of 32 bytes or more, of no use to anybody else";

  @TempDir private Path folder;
  private final List<Integer> ports = FreePorts.of(3 * SIZE);
  private final List<KintoProcess> nodes = new ArrayList<>();
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();
  @AutoClose private @Nullable KintoProcess gateway;

  @AfterEach
  void stop() {
    nodes.forEach(KintoProcess::close);
  }

  private static String members(List<Integer> ports) {
    return ports.stream()
        .map(port -> "\"127.0.0.1:" + port + "\"")
        .collect(Collectors.joining(", ", "[ ", " ]"));
  }

  private Path nodeConfig(int node) throws IOException {
    Path config = Files.createDirectories(folder.resolve("node-" + node)).resolve("node.yaml");
    return Files.writeString(
        config,
        """
        listeners: { admin: { port: 0 } }
        grid:
          mode: cluster
          name: trial
          memory: 64 MiB
          address: { host: 127.0.0.1, discoveryPort: %d, dataPort: %d, clientPort: %d }
          members: %s
          size: %d
        """
            .formatted(
                ports.get(node),
                ports.get(SIZE + node),
                ports.get(2 * SIZE + node),
                members(ports.subList(0, SIZE)),
                SIZE));
  }

  /** A data node, and where its health is told. */
  private record Node(KintoProcess process, URI admin) {}

  private Node startNode(int node) throws IOException {
    Path config = nodeConfig(node);
    KintoProcess process =
        KintoProcess.start(config.getParent(), "grid", "--config", config.toString());
    nodes.add(process);
    assertEquals(
        "grid node listening on 127.0.0.1:" + ports.get(2 * SIZE + node), process.readLine());
    return new Node(process, process.address("admin"));
  }

  private List<Node> startNodes() throws Exception {
    List<Node> started = new ArrayList<>();
    for (int node : IntStream.range(0, SIZE).toArray()) {
      started.add(startNode(node));
    }
    for (Node each : started) {
      awaitReady(each.admin());
    }
    return started;
  }

  private KintoProcess startGateway() throws IOException {
    Path config = Files.createDirectories(folder.resolve("gateway")).resolve("gateway.yaml");
    Files.writeString(
        config,
        """
        listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
        environments: { demo: {} }
        clients: [ { id: web, environment: demo, secretHash: "%s" } ]
        tokens: { keys: [ { id: k1, secret: "%s" } ] }
        grid: { mode: client, name: trial, members: %s }
        """
            .formatted(HASH, KEY, members(ports.subList(2 * SIZE, 3 * SIZE))));
    KintoProcess process = KintoProcess.serve(config.getParent(), config);
    gateway = process;
    return process;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private void awaitReady(URI admin) throws Exception {
    URI ready = admin.resolve("/health/ready");
    while (send(HttpRequest.newBuilder(ready)).statusCode() != 200) {
      Thread.sleep(50);
    }
  }

  private HttpResponse<String> login(URI api) throws Exception {
    return send(
        HttpRequest.newBuilder(api.resolve("/auth"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"clientId\":\"web\",\"clientSecret\":\"test\"}")));
  }

  private String token(URI api) throws Exception {
    HttpResponse<String> answer = login(api);
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
  }

  private void assertLives(URI api, String token) throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(api.resolve("/auth"))
                .header("Kinto-Authorization", "Bearer " + token));
    assertEquals(200, answer.statusCode(), answer::body);
  }

  /** The gateway may be there first, and goes on when all data nodes were away. */
  @Test
  void aGatewayListensBeforeItsDataNodesAndAfterThem() throws Exception {
    KintoProcess process = startGateway();
    URI api = process.address("api");
    process.address("public");
    URI admin = process.address("admin");
    HttpResponse<String> early = login(api);
    assertEquals(503, early.statusCode());
    assertTrue(early.body().contains("grid-unavailable"), early.body());
    assertEquals(503, send(HttpRequest.newBuilder(admin.resolve("/health/ready"))).statusCode());
    startNodes();
    awaitReady(admin);
    assertLives(api, token(api));
    nodes.forEach(KintoProcess::close);
    while (login(api).statusCode() != 503) {
      Thread.sleep(50);
    }
    startNodes();
    awaitReady(admin);
    assertLives(api, token(api));
  }

  /** C37: nobody who logs in or is logged in notices. */
  @Test
  void noLoginFailsWhenADataNodeIsKilledAndOthersAreRestarted() throws Exception {
    List<Node> started = startNodes();
    KintoProcess process = startGateway();
    URI api = process.address("api");
    process.address("public");
    awaitReady(process.address("admin"));
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tokens.add(token(api));
    }
    started.getFirst().process().signal("KILL");
    for (int i = 0; i < 50; i++) {
      tokens.add(token(api));
    }
    awaitReady(startNode(0).admin());
    KintoProcess second = started.get(1).process();
    second.signal("TERM");
    assertEquals(0, second.exitCode(), second::toString);
    awaitReady(startNode(1).admin());
    for (String token : tokens) {
      assertLives(api, token);
    }
  }

  @Test
  void aDataNodesConfigurationIsItsOwn() throws Exception {
    Path config = nodeConfig(0);
    KintoProcess good =
        KintoProcess.start(folder, "grid", "--config", config.toString(), "--check");
    assertEquals(0, good.exitCode(), good::toString);
    Files.writeString(
        config, Files.readString(config).replaceAll(", clientPort: \\d+", "") + "clients: []\n");
    KintoProcess bad = KintoProcess.start(folder, "grid", "--config", config.toString());
    assertEquals(1, bad.exitCode());
    assertTrue(bad.err().contains("node.yaml:6: grid.address: nobody could use"), bad.err());
    assertTrue(bad.err().contains("clients: this key is not known"), bad.err());
    KintoProcess none = KintoProcess.start(folder, "grid");
    assertEquals(2, none.exitCode());
  }
}
