package dev.kinto.gateway.session;

import dev.kinto.gateway.session.SessionSummary.Unused;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions each client has in the partitions that this node is the first owner of
 * (contract C22). Nobody counts when it is asked: the grid tells of every entry that comes,
 * changes, is removed or swept up, with what it was before, and the numbers follow. So they cannot
 * drift, whoever changed the entry and however. Safe for use by any number of threads.
 */
final class Census {
  private final Map<Integer, PartitionCount> partitions = new ConcurrentHashMap<>();

  /** Forgets all that was counted. */
  void clear() {
    partitions.clear();
  }

  void gained(int partition) {
    partitions.put(partition, new PartitionCount());
  }

  void found(int partition, UUID key, byte[] value) {
    PartitionCount count = partitions.get(partition);
    if (count != null) {
      count.found(key, summary(value));
    }
  }

  void settled(int partition) {
    PartitionCount count = partitions.get(partition);
    if (count != null) {
      count.settled();
    }
  }

  void lost(int partition) {
    partitions.remove(partition);
  }

  /** An entry came, changed or went; null where nothing was or is. */
  void changed(int partition, UUID key, byte @Nullable [] before, byte @Nullable [] after) {
    PartitionCount count = partitions.get(partition);
    if (count != null) {
      count.changed(key, summary(before), summary(after));
    }
  }

  private static Optional<SessionSummary> summary(byte @Nullable [] bytes) {
    return bytes == null ? Optional.empty() : EntryFormat.summary(bytes);
  }

  /** Whether a session is counted that never got a field. */
  boolean hasUnused(String clientId, long createdAt, UUID key) {
    Unused session = new Unused(createdAt, key, 0);
    return partitions.values().stream().anyMatch(each -> each.hasUnused(clientId, session));
  }

  /** How many sessions there are here, of all clients. */
  long all() {
    return partitions.values().stream().mapToLong(PartitionCount::all).sum();
  }

  /** What a client has here, with so many of the oldest that never got a field. */
  Count client(String clientId, int oldest) {
    return Count.sum(
        partitions.values().stream().map(each -> each.client(clientId, oldest)).toList(), oldest);
  }
}
