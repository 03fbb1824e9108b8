package dev.kinto.gateway.session;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions each client has (contract C22). Nobody counts when it is asked: the grid tells
 * of every entry that comes, changes, is removed or swept up, with what it was before, and the
 * numbers follow. So they cannot drift, whoever changed the entry and however.
 *
 * <p>A node of the grid tells of the entries that it is the first owner of. While a grid has one
 * node, that is all of them.
 */
final class Census {
  private final Map<String, ClientCount> byClient = new ConcurrentHashMap<>();

  /** Forgets all that was counted. */
  void clear() {
    byClient.clear();
  }

  ClientCount client(String clientId) {
    return byClient.computeIfAbsent(clientId, _ -> new ClientCount());
  }

  /** An entry came, changed or went; null where nothing was or is. */
  void changed(UUID key, byte @Nullable [] before, byte @Nullable [] after) {
    if (before == null && after != null) {
      add(key, after);
    } else if (before != null && after != null) {
      change(key, before, after);
    } else if (before != null) {
      remove(key, before);
    }
  }

  private void add(UUID key, byte[] bytes) {
    EntryFormat.ifKnown(bytes)
        .ifPresent(entry -> client(entry.clientId()).add(key, entry, bytes.length));
  }

  private void change(UUID key, byte[] before, byte[] after) {
    EntryFormat.ifKnown(after)
        .ifPresent(
            entry -> client(entry.clientId()).change(key, entry, after.length - before.length));
  }

  private void remove(UUID key, byte[] bytes) {
    EntryFormat.ifKnown(bytes)
        .ifPresent(entry -> client(entry.clientId()).remove(key, bytes.length));
  }
}
