package dev.kinto.gateway.listen;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The end of a server without the loss of a request (contract C42). Once it has begun, every answer
 * ends its connection. A connection that is waiting for a request gets a little time to bring one,
 * which may be on its way; then it ends.
 *
 * <p>Safe for use by several threads.
 */
final class Drain {
  /** How long a connection may have to wait for its next request. */
  static final Duration LAST_CHANCE = Duration.ofSeconds(1);

  private final Set<DrainedConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean begun;
  private volatile long begunAtNanos;

  /** From now on, every answer ends its connection. */
  void begin() {
    if (!begun) {
      begunAtNanos = System.nanoTime();
      begun = true;
      connections.forEach(DrainedConnection::drainBegan);
    }
  }

  boolean begun() {
    return begun;
  }

  void add(DrainedConnection connection) {
    connections.add(connection);
    if (begun) {
      connection.drainBegan();
    }
  }

  void remove(DrainedConnection connection) {
    connections.remove(connection);
  }

  /** Ends the connections that had their last chance. */
  void endIdle() {
    long now = System.nanoTime();
    if (now - begunAtNanos >= LAST_CHANCE.toNanos()) {
      connections.forEach(connection -> connection.endIfIdleFor(LAST_CHANCE, now));
    }
  }
}
