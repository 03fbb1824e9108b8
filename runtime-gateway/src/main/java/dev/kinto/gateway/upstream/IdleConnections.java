package dev.kinto.gateway.upstream;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Connections that nobody uses at the moment. The one used last is taken first, so that what is not
 * needed grows old and is dropped (contract C34). Safe for use by any number of threads.
 */
final class IdleConnections {
  private final Deque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();

  /** One that is alive; null if there is none. */
  @Nullable UpstreamConnection take() {
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      if (kept.usable()) {
        return kept.reusedNow();
      }
      kept.close();
    }
    return null;
  }

  void add(UpstreamConnection connection) {
    idle.addFirst(connection);
  }

  /** Drops this one, if it is idle. */
  void drop(UpstreamConnection connection) {
    if (idle.remove(connection)) {
      connection.close();
    }
  }

  int count() {
    return idle.size();
  }

  /** Drops the oldest one, if there is one. */
  void dropOldest() {
    UpstreamConnection oldest = idle.pollLast();
    if (oldest != null) {
      oldest.close();
    }
  }

  /** Drops those that their upstream is about to drop. */
  void sweep() {
    for (UpstreamConnection kept : idle) {
      if (kept.expired()) {
        drop(kept);
      }
    }
  }

  void close() {
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      kept.close();
    }
  }
}
