package dev.kinto.gateway.trial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network namespace of Linux for each gateway, joined by a bridge. A gateway's packets to another
 * one are dropped by giving it a wrong hardware address for it: nothing else is needed of the
 * kernel, each direction can be cut by itself, and clients still reach both.
 *
 * <p>Namespaces and bridge are named {@code kg<n>…}, with addresses 198.18.n.0/24 (RFC 2544,
 * benchmarks), so that trials can run beside one another.
 */
final class NamespaceNetwork implements Network {
  private static final int NETWORKS = 256;
  private static final String NOBODY = "02:00:00:00:00:ff";

  private final int number;
  private final int nodes;
  private final String bridge;

  private NamespaceNetwork(int number, int nodes) {
    this.number = number;
    this.nodes = nodes;
    this.bridge = "kg" + number;
  }

  /** Makes one. Needs root and the command {@code ip}; where it cannot be had this throws. */
  static NamespaceNetwork create(int nodes) throws IOException {
    int number = 0;
    while (!tryIp("link add kg" + number + " type bridge")) {
      if (++number == NETWORKS) {
        throw new IOException("Network namespaces need root and the command ip (iproute2)");
      }
    }
    NamespaceNetwork network = new NamespaceNetwork(number, nodes);
    // The kernel would keep what an interrupted trial has made.
    Runtime.getRuntime().addShutdownHook(new Thread(network::close));
    try {
      network.build();
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  private void build() throws IOException {
    ip("addr add %s/24 dev %s".formatted(driverHost(), bridge));
    ip("link set %s up".formatted(bridge));
    for (int node = 1; node <= nodes; node++) {
      String space = space(node);
      String outside = outside(node);
      ip("netns add " + space);
      ip("link add %s type veth peer name grid netns %s".formatted(outside, space));
      ip("link set %s master %s up".formatted(outside, bridge));
      ip("-n %s link set grid address %s".formatted(space, hardware(node)));
      ip("-n %s addr add %s/24 dev grid".formatted(space, host(node)));
      ip("-n %s link set lo up".formatted(space));
      ip("-n %s link set grid up".formatted(space));
    }
    for (int from = 1; from <= nodes; from++) {
      for (int to = 1; to <= nodes; to++) {
        if (from != to) {
          heal(from, to);
        }
      }
    }
  }

  private String space(int node) {
    return bridge + "n" + node;
  }

  private String outside(int node) {
    return bridge + "v" + node;
  }

  private static String hardware(int node) {
    return "02:00:00:00:00:0" + node;
  }

  @Override
  public String host(int node) {
    return "198.18." + number + "." + node;
  }

  @Override
  public String driverHost() {
    return "198.18." + number + ".254";
  }

  @Override
  public int port(int node, Port port) {
    return switch (port) {
      case API -> 8080;
      case PUBLIC -> 8081;
      case ADMIN -> 9090;
      case DISCOVERY -> 47500;
      case DATA -> 47100;
    };
  }

  @Override
  public List<String> wrapper(int node) {
    return List.of("ip", "netns", "exec", space(node));
  }

  @Override
  public boolean canCut() {
    return true;
  }

  @Override
  public void cut(int from, int to) throws IOException {
    send(from, to, NOBODY);
  }

  @Override
  public void heal(int from, int to) throws IOException {
    send(from, to, hardware(to));
  }

  private void send(int from, int to, String hardware) throws IOException {
    ip(
        "-n %s neigh replace %s lladdr %s nud permanent dev grid"
            .formatted(space(from), host(to), hardware));
  }

  private static void ip(String arguments) throws IOException {
    if (!tryIp(arguments)) {
      throw new IOException("This failed: ip " + arguments);
    }
  }

  private static boolean tryIp(String arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            Stream.concat(Stream.of("ip"), Arrays.stream(arguments.split(" "))).toList());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      for (int node = 1; node <= nodes; node++) {
        // The kernel takes a namespace away when it likes, and what is in it with it.
        tryIp("link del " + outside(node));
        tryIp("netns del " + space(node));
      }
      tryIp("link del " + bridge);
    } catch (IOException e) {
      throw new IllegalStateException("The namespaces " + bridge + "… are left over", e);
    }
  }
}
