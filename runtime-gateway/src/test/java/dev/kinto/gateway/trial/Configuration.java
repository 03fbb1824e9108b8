package dev.kinto.gateway.trial;

import dev.kinto.gateway.config.SecretHash;
import dev.kinto.gateway.trial.Network.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the configuration of each gateway (contract C43). */
final class Configuration {
  private final Shape shape;
  private final Network network;
  private final int servicePort;

  Configuration(Shape shape, Network network, int servicePort) {
    this.shape = shape;
    this.network = network;
    this.servicePort = servicePort;
  }

  /** Writes that of one gateway into its folder, with the manifest beside it. */
  Path write(Path folder, int node) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("register.json"), RegisterService.manifest());
    return Files.writeString(folder.resolve("kinto.yaml"), text(folder, node));
  }

  private String text(Path folder, int node) {
    return """
    listeners:
      api: { host: %s, port: %d }
      public: { host: %s, port: %d }
      admin: { host: %s, port: %d }
    environments:
      trial:
        services:
          register: { manifest: register.json, upstreams: [ "http://%s:%d" ] }
    clients:
      - { id: %s, environment: trial, secretHash: "%s" }
    session: { unusedIdleTimeout: PT30M, unusedMaxLifetime: PT1H }
    authLimits:
      perAddress: { requests: 100000, per: PT1S }
      perClient: { requests: 100000, per: PT1S }
    tokens: { keys: [ { id: trial, secret: one-key-for-all-gateways-of-the-trial } ] }
    drain: { delay: PT2S, timeout: PT20S }
    dataDirectory: "%s"
    grid: %s
    """
        .formatted(
            network.host(node),
            network.port(node, Port.API),
            network.host(node),
            network.port(node, Port.PUBLIC),
            network.host(node),
            network.port(node, Port.ADMIN),
            network.driverHost(),
            servicePort,
            Request.CLIENT,
            SecretHash.of(Request.SECRET),
            folder.resolve("data"),
            shape.mode().equals("embedded")
                ? "{ mode: embedded%s }".formatted(persistence(folder))
                : cluster(folder, node));
  }

  private String persistence(Path folder) {
    return shape.persistent() ? ", persistence: \"" + folder.resolve("grid") + "\"" : "";
  }

  private String cluster(Path folder, int node) {
    String members =
        IntStream.rangeClosed(1, shape.nodes())
            .mapToObj(this::member)
            .collect(Collectors.joining(", "));
    return """
    { mode: cluster, name: trial, size: %d, backups: %d, members: [ %s ], insecure: true,
        address: { host: %s, discoveryPort: %d, dataPort: %d }%s%s }
    """
        .formatted(
            shape.nodes(),
            shape.backups(),
            members,
            network.host(node),
            network.port(node, Port.DISCOVERY),
            network.port(node, Port.DATA),
            shape.tiebreaker() == 0 ? "" : ", tiebreaker: " + member(shape.tiebreaker()),
            persistence(folder))
        .strip();
  }

  private String member(int node) {
    return "\"" + network.host(node) + ":" + network.port(node, Port.DISCOVERY) + "\"";
  }
}
