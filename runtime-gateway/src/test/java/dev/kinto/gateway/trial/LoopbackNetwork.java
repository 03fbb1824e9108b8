package dev.kinto.gateway.trial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** All gateways on 127.0.0.1, with ports of their own. Nobody can be cut off there. */
final class LoopbackNetwork implements Network {
  /**
   * Below those that the system gives to connections, so that a stopped gateway finds its own free.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final Set<Integer> taken = new HashSet<>();

  @Override
  public String host(int node) {
    return "127.0.0.1";
  }

  @Override
  public String driverHost() {
    return "127.0.0.1";
  }

  @Override
  public int port(int node, Port port) {
    return ports.computeIfAbsent(node + " " + port, _ -> freePort());
  }

  private int freePort() {
    while (true) {
      int port = RandomGenerator.getDefault().nextInt(LOWEST, HIGHEST);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (taken.add(port)) {
          return port;
        }
      } catch (IOException e) {
        // Somebody has it.
      }
    }
  }

  @Override
  public List<String> wrapper(int node) {
    return List.of();
  }

  @Override
  public boolean canCut() {
    return false;
  }

  @Override
  public void cut(int from, int to) {
    throw new UnsupportedOperationException("Loopback cannot be cut");
  }

  @Override
  public void heal(int from, int to) {
    throw new UnsupportedOperationException("Loopback cannot be cut");
  }

  @Override
  public void close() {}
}
