package dev.kinto.gateway.session;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.event.CacheEntryEvent;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.cache.query.ContinuousQuery;
import org.apache.ignite.cache.query.ScanQuery;

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

  private Census() {}

  /** Counts what a node has, and from then on what happens to it, until the node stops. */
  static Census of(IgniteCache<UUID, byte[]> cache) {
    Census census = new Census();
    ContinuousQuery<UUID, byte[]> changes = new ContinuousQuery<>();
    changes.setLocal(true);
    changes.setIncludeExpired(true);
    changes.setInitialQuery(new ScanQuery<UUID, byte[]>().setLocal(true));
    changes.setLocalListener(events -> events.forEach(census::changed));
    cache.query(changes).forEach(each -> census.add(each.getKey(), each.getValue()));
    return census;
  }

  ClientCount client(String clientId) {
    return byClient.computeIfAbsent(clientId, _ -> new ClientCount());
  }

  private void changed(CacheEntryEvent<? extends UUID, ? extends byte[]> event) {
    switch (event.getEventType()) {
      case CREATED -> add(event.getKey(), event.getValue());
      case UPDATED -> change(event.getKey(), event.getOldValue(), event.getValue());
      case REMOVED, EXPIRED -> remove(event.getKey(), event.getOldValue());
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
