package dev.kinto.gateway.grid;

import dev.kinto.gateway.schedule.PeriodicTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;

/**
 * Asks the other nodes for a {@link Lease}, five times a second. Each answers as long as the asking
 * one is a member in its own view; the lease begins at the moment at which the last question was
 * asked that a majority answered.
 */
final class Heartbeats implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String QUESTION = "kinto.heartbeat.question";
  private static final String ANSWER = "kinto.heartbeat.answer";

  private final Ignite ignite;
  private final Majority majority;
  private final Lease lease;

  /** When the last answered question was asked, by {@link System#nanoTime}. */
  private final Map<UUID, Long> answered = new ConcurrentHashMap<>();

  /** To whom a message is on its way: one that is cut off may hold the sender for seconds. */
  private final Set<UUID> asking = ConcurrentHashMap.newKeySet();

  private final PeriodicTask task;

  private Heartbeats(Ignite ignite, Majority majority, Lease lease) {
    this.ignite = ignite;
    this.majority = majority;
    this.lease = lease;
    ignite.message().localListen(QUESTION, this::answer);
    ignite.message().localListen(ANSWER, this::take);
    this.task = PeriodicTask.every(PAUSE, "kinto-heartbeats", this::ask);
  }

  /** Begins. */
  static Heartbeats of(Ignite ignite, Majority majority, Lease lease) {
    return new Heartbeats(ignite, majority, lease);
  }

  private void ask() {
    try {
      askOthers();
    } catch (IgniteException | IllegalStateException e) {
      // The node is stopping.
    }
  }

  private void askOthers() {
    Collection<ClusterNode> others = ignite.cluster().forServers().forRemotes().nodes();
    answered.keySet().retainAll(others.stream().map(ClusterNode::id).toList());
    others.stream().filter(other -> asking.add(other.id())).forEach(this::ask);
    grant();
  }

  private void ask(ClusterNode other) {
    Thread.startVirtualThread(
        () -> {
          try {
            send(other, QUESTION, System.nanoTime());
          } finally {
            asking.remove(other.id());
          }
        });
  }

  private boolean answer(UUID from, Object askedAt) {
    ClusterNode other = ignite.cluster().node(from);
    if (other != null) {
      Thread.startVirtualThread(() -> send(other, ANSWER, askedAt));
    }
    return true; // listens on
  }

  private void send(ClusterNode to, String topic, Object askedAt) {
    try {
      ignite.message(ignite.cluster().forNode(to)).send(topic, askedAt);
    } catch (IgniteException | IllegalStateException e) {
      // It is gone, or this node is; the lease says so.
    }
  }

  private boolean take(UUID from, Object askedAt) {
    if (askedAt instanceof Long moment) {
      answered.merge(from, moment, (one, two) -> one - two > 0 ? one : two);
      grant();
    }
    return true; // listens on
  }

  /** Grants what the latest questions give that a majority answered, this node among it. */
  private void grant() {
    long now = System.nanoTime();
    List<ClusterNode> heard = new ArrayList<>();
    heard.add(ignite.cluster().localNode());
    long askedAt = now;
    if (majority.validate(heard)) {
      lease.grant(now);
      return;
    }
    List<ClusterNode> others =
        ignite.cluster().forServers().forRemotes().nodes().stream()
            .filter(other -> answered.containsKey(other.id()))
            .sorted(Comparator.comparingLong(other -> now - answered.getOrDefault(other.id(), 0L)))
            .toList();
    for (ClusterNode other : others) {
      heard.add(other);
      askedAt = answered.getOrDefault(other.id(), askedAt - Lease.LENGTH.toNanos());
      if (majority.validate(heard)) {
        lease.grant(askedAt);
        return;
      }
    }
  }

  @Override
  public void close() {
    task.close();
  }
}
