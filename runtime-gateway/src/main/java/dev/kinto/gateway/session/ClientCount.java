package dev.kinto.gateway.session;

import dev.kinto.gateway.session.SessionSummary.Unused;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** What one client has in one partition of the grid. Not safe for use by several threads. */
final class ClientCount {
  private final TreeSet<Unused> unused = new TreeSet<>(Unused.OLDEST_FIRST);
  private int sessions;
  private long bytes;

  void add(UUID key, SessionSummary session) {
    sessions++;
    bytes += session.size();
    if (!session.used()) {
      unused.add(session.unused(key));
    }
  }

  void remove(UUID key, SessionSummary session) {
    sessions--;
    bytes -= session.size();
    if (!session.used()) {
      unused.remove(session.unused(key));
    }
  }

  int all() {
    return sessions;
  }

  boolean isEmpty() {
    return sessions == 0;
  }

  boolean hasUnused(Unused session) {
    return unused.contains(session);
  }

  /** As a count that names so many of the oldest that never got a field. */
  Count count(int oldest) {
    List<Unused> first = unused.stream().limit(oldest).toList();
    return new Count(sessions, unused.size(), bytes, first);
  }
}
