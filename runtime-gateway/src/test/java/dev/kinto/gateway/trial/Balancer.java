package dev.kinto.gateway.trial;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What a load balancer does, within the client: it asks each gateway every 200 ms whether it is
 * ready, sends requests to those that are, and repeats idempotent ones on another gateway if the
 * connection fails. An answer, whatever it says, is never repeated.
 */
final class Balancer implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 200;

  private final Cluster cluster;
  private final Map<Integer, Boolean> ready = new ConcurrentHashMap<>();
  private final List<Thread> checks;

  Balancer(Cluster cluster) {
    this.cluster = cluster;
    this.checks =
        cluster.nodes().stream().map(node -> Thread.startVirtualThread(() -> watch(node))).toList();
  }

  private void watch(int node) {
    try {
      while (true) {
        ready.put(node, cluster.ready(node));
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      // The balancer is closed.
    }
  }

  /** A gateway for a request that some have been tried for: one that is ready, if there is one. */
  int choose(Set<Integer> tried, RandomGenerator random) {
    List<Integer> left = cluster.nodes().stream().filter(node -> !tried.contains(node)).toList();
    List<Integer> good = left.stream().filter(node -> ready.getOrDefault(node, true)).toList();
    List<Integer> from = good.isEmpty() ? left : good;
    return from.get(random.nextInt(from.size()));
  }

  /** Takes a gateway out until it is next seen ready. */
  void failed(int node) {
    ready.put(node, false);
  }

  @Override
  public void close() {
    checks.forEach(Thread::interrupt);
  }
}
