package dev.kinto.gateway.session;

import dev.kinto.gateway.session.SessionSummary.Unused;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions each client has in one partition of the grid.
 *
 * <p>Until the partition has settled, what was found there and what is told of changes may overlap,
 * and then goes by the keys. From then on each change says what was there before, so that no keys
 * need be remembered. Safe for use by any number of threads.
 */
final class PartitionCount {
  private final Map<String, ClientCount> byClient = new HashMap<>();

  /** What is counted of each key; empty for one that is gone. Null once it has settled. */
  private @Nullable Map<UUID, Optional<SessionSummary>> known = new HashMap<>();

  synchronized void found(UUID key, Optional<SessionSummary> session) {
    if (known != null && known.putIfAbsent(key, session) == null) {
      replace(key, Optional.empty(), session);
    }
  }

  synchronized void changed(
      UUID key, Optional<SessionSummary> before, Optional<SessionSummary> after) {
    Optional<SessionSummary> counted = before;
    if (known != null) {
      counted = known.getOrDefault(key, Optional.empty());
      known.put(key, after);
    }
    if (!counted.equals(after)) {
      replace(key, counted, after);
    }
  }

  synchronized void settled() {
    known = null;
  }

  private void replace(UUID key, Optional<SessionSummary> before, Optional<SessionSummary> after) {
    before.ifPresent(session -> remove(key, session));
    after.ifPresent(
        session ->
            byClient.computeIfAbsent(session.clientId(), _ -> new ClientCount()).add(key, session));
  }

  private void remove(UUID key, SessionSummary session) {
    byClient.computeIfPresent(
        session.clientId(),
        (_, count) -> {
          count.remove(key, session);
          return count.isEmpty() ? null : count;
        });
  }

  synchronized long all() {
    return byClient.values().stream().mapToLong(ClientCount::all).sum();
  }

  synchronized boolean hasUnused(String clientId, Unused session) {
    ClientCount count = byClient.get(clientId);
    return count != null && count.hasUnused(session);
  }

  synchronized Count client(String clientId, int oldest) {
    ClientCount count = byClient.get(clientId);
    return count == null ? Count.NOTHING : count.count(oldest);
  }
}
