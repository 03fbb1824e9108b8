package dev.kinto.gateway.trial;

import dev.kinto.gateway.trial.Network.Port;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The gateways of a trial, numbered from 1, with the microservice behind them. */
final class Cluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final int API_TIMEOUT_MILLIS = 10_000;
  private static final int READY_TIMEOUT_MILLIS = 1_000;
  private static final Request READY =
      new Request(Operation.Kind.READ, "GET /health/ready", "", "", Map.of());

  private final Network network;
  private final RegisterService service;
  private final List<GatewayProcess> processes = new ArrayList<>();
  private final List<Endpoint> apis = new ArrayList<>();
  private final List<Endpoint> admins = new ArrayList<>();

  private Cluster(Network network, RegisterService service) {
    this.network = network;
    this.service = service;
  }

  /**
   * Starts all of them at once, and waits until all are ready.
   *
   * @param java a command that starts Java with the gateway as its program
   */
  static Cluster start(Shape shape, Network network, Path folder, List<String> java)
      throws IOException, InterruptedException {
    RegisterService service = RegisterService.start(network.driverHost());
    Cluster cluster = new Cluster(network, service);
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::killAll));
    try {
      Configuration configuration = new Configuration(shape, network, service.port());
      for (int node = 1; node <= shape.nodes(); node++) {
        cluster.add(configuration, folder.resolve("gateway-" + node), node, java);
      }
      for (int node = 1; node <= shape.nodes(); node++) {
        cluster.awaitReady(node, START_LIMIT);
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void add(Configuration configuration, Path folder, int node, List<String> java)
      throws IOException {
    Path file = configuration.write(folder, node);
    apis.add(endpoint(node, Port.API, API_TIMEOUT_MILLIS));
    admins.add(endpoint(node, Port.ADMIN, READY_TIMEOUT_MILLIS));
    List<String> command =
        Stream.of(
                network.wrapper(node).stream(),
                java.stream(),
                Stream.of("serve", "--config", file.toString()))
            .flatMap(parts -> parts)
            .toList();
    processes.add(GatewayProcess.start(command, folder.resolve("log.txt")));
  }

  private Endpoint endpoint(int node, Port port, int timeoutMillis) {
    return new Endpoint(
        new InetSocketAddress(network.host(node), network.port(node, port)), timeoutMillis);
  }

  /** All numbers of gateways. */
  List<Integer> nodes() {
    return IntStream.rangeClosed(1, processes.size()).boxed().toList();
  }

  Network network() {
    return network;
  }

  GatewayProcess process(int node) {
    return processes.get(node - 1);
  }

  /** The api listener of a gateway. */
  Endpoint api(int node) {
    return apis.get(node - 1);
  }

  /** Whether a gateway says that it should get requests. */
  boolean ready(int node) {
    try {
      return admins.get(node - 1).send(READY).good();
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until a gateway is ready, and says how long that took. */
  Duration awaitReady(int node, Duration limit) throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (!ready(node)) {
      if (System.nanoTime() - began > limit.toNanos() || !process(node).isAlive()) {
        throw new IOException(
            "Gateway %d is not ready after %.1f s. It said last:\n%s"
                .formatted(node, (System.nanoTime() - began) / 1e9, process(node).said()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Cuts one gateway off from all others, in both directions. */
  void isolate(int node) throws IOException {
    cutFrom(node);
    cutTo(node);
  }

  /** From now on nothing that a gateway sends to another one arrives. */
  void cutFrom(int node) throws IOException {
    for (int other : others(node)) {
      network.cut(node, other);
    }
  }

  /** From now on nothing that the other gateways send to this one arrives. */
  void cutTo(int node) throws IOException {
    for (int other : others(node)) {
      network.cut(other, node);
    }
  }

  /** Ends all cuts. */
  void healAll() throws IOException {
    for (int from : nodes()) {
      for (int to : others(from)) {
        network.heal(from, to);
      }
    }
  }

  private List<Integer> others(int node) {
    return nodes().stream().filter(other -> other != node).toList();
  }

  private void killAll() {
    processes.forEach(
        process -> {
          try {
            process.kill();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void close() {
    killAll();
    apis.forEach(Endpoint::close);
    admins.forEach(Endpoint::close);
    service.close();
  }
}
