package dev.kinto.gateway;

import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.grid.FreePorts;
import dev.kinto.gateway.grid.Grid;
import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import dev.kinto.gateway.grid.Member;
import dev.kinto.gateway.session.SessionGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Three gateways that share a grid: they are its nodes, or use three data nodes. */
final class ThreeGateways implements AutoCloseable {
  static final int SIZE = 3;
  private static final String HOST = "127.0.0.1";

  private final List<Integer> ports = FreePorts.of(3 * SIZE);
  private final List<TestGateway.Builder> builders = new ArrayList<>();
  private final List<TestGateway> gateways = new ArrayList<>();
  private final List<Grid> dataNodes = new ArrayList<>();
  private final Path folder;

  /** Where the sessions of gateways are. */
  enum Mode {
    CLUSTER,
    CLIENT
  }

  /** What all gateways have in common. */
  interface Settings {
    TestGateway.Builder with(TestGateway.Builder builder) throws IOException;
  }

  private ThreeGateways(Path folder) {
    this.folder = folder;
  }

  /** Starts them, and waits until all serve. */
  static ThreeGateways start(Path folder, Mode mode, Settings settings) throws Exception {
    ThreeGateways three = new ThreeGateways(folder);
    try {
      for (int node = 0; node < SIZE; node++) {
        if (mode == Mode.CLIENT) {
          three.startDataNode(node);
        }
        TestGateway.Builder builder = three.builder(node, mode, settings);
        three.builders.add(builder);
        three.gateways.add(builder.start());
      }
      for (int node = 0; node < SIZE; node++) {
        three.awaitServing(node);
      }
      return three;
    } catch (Exception e) {
      three.close();
      throw e;
    }
  }

  private TestGateway.Builder builder(int node, Mode mode, Settings settings) throws IOException {
    TestGateway.Builder builder =
        TestGateway.in(Files.createDirectories(folder.resolve("gateway-" + node)))
            .tokenKey("k1", "0123456789abcdef0123456789abcdef")
            .set("authLimits.perAddress.requests", 100_000)
            .set("grid.name", "trial");
    if (mode == Mode.CLUSTER) {
      builder
          .set("grid.mode", "cluster")
          .set("grid.size", SIZE)
          .set(
              "grid.address",
              Map.of(
                  "host",
                  HOST,
                  "discoveryPort",
                  ports.get(node),
                  "dataPort",
                  ports.get(SIZE + node)))
          .set("grid.members", members(0));
    } else {
      builder.set("grid.mode", "client").set("grid.members", members(2 * SIZE));
    }
    return settings.with(builder);
  }

  private List<String> members(int first) {
    return ports.subList(first, first + SIZE).stream().map(port -> HOST + ":" + port).toList();
  }

  private void startDataNode(int node) {
    dataNodes.add(
        SessionGrid.dataNode(
            new Cluster(
                Storage.ofMemory(64 << 20),
                "trial",
                new NodeAddress(
                    HOST,
                    ports.get(node),
                    ports.get(SIZE + node),
                    OptionalInt.of(ports.get(2 * SIZE + node))),
                ports.subList(0, SIZE).stream().map(port -> new Member(HOST, port)).toList(),
                SIZE,
                Optional.empty(),
                1,
                Optional.empty()),
            folder.resolve("data-" + node),
            Set.of("auth-userid")));
  }

  TestGateway get(int node) {
    return gateways.get(node);
  }

  /** Takes other settings in one gateway while all run. */
  void reload(int node, Mode mode, Settings settings) throws IOException, InvalidConfigException {
    get(node).reload(builder(node, mode, settings));
  }

  /** Stops one, in order, for good. */
  void stop(int node) {
    gateways.get(node).close();
  }

  /** Starts one again that was stopped. */
  void startAgain(int node) throws Exception {
    gateways.set(node, builders.get(node).start());
    awaitServing(node);
  }

  /** Waits until it can tell that a session has ended. */
  void awaitServing(int node) throws IOException, InterruptedException {
    TestGateway gateway = get(node);
    while (gateway.send("GET /auth", "k1." + "A".repeat(86)).status() != 401
        || gateway.issue("waiting", "s").status() != 200) {
      Thread.sleep(10);
    }
  }

  /** Begins so many sessions at once, at each gateway in its turn. */
  List<String> begin(int count) throws Exception {
    return atOnce(count, i -> get(i % SIZE).issue(TestGateway.CLIENT, TestGateway.SECRET)).stream()
        .filter(answer -> answer.status() == 200)
        .map(answer -> answer.json().path("token").stringValue())
        .toList();
  }

  /** Those whose sessions live, whichever gateway is asked. */
  List<String> living(List<String> tokens) throws Exception {
    List<RawAnswer> answers =
        atOnce(tokens.size(), i -> get(i % SIZE).send("GET /auth", tokens.get(i)));
    return IntStream.range(0, tokens.size())
        .filter(i -> answers.get(i).status() == 200)
        .mapToObj(tokens::get)
        .toList();
  }

  /** A request to a gateway. */
  interface Step {
    RawAnswer take(int i) throws IOException;
  }

  /** Takes so many steps at once, of which twenty are under way. */
  static List<RawAnswer> atOnce(int count, Step step) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      IntFunction<Future<RawAnswer>> begin = i -> threads.submit(() -> step.take(i));
      List<RawAnswer> answers = new ArrayList<>();
      for (Future<RawAnswer> each : IntStream.range(0, count).mapToObj(begin).toList()) {
        answers.add(each.get());
      }
      return answers;
    }
  }

  @Override
  public void close() {
    gateways.forEach(TestGateway::close);
    dataNodes.forEach(Grid::close);
  }
}
