package dev.kinto.gateway.session;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one client has in the grid. A session counts from before it begins, so that many that begin
 * at once keep to the budget too. Safe for use by any number of threads.
 */
final class ClientCount {
  /** Where a session belongs in the order of their beginnings. */
  private record Begun(long createdAt, long arrival) {
    private static final Comparator<Begun> ORDER =
        Comparator.comparingLong(Begun::createdAt).thenComparingLong(Begun::arrival);
  }

  private final TreeMap<Begun, UUID> unused = new TreeMap<>(Begun.ORDER);
  private final Map<UUID, Begun> places = new HashMap<>();
  private long arrivals;
  private int sessions;
  private long bytes;
  private int beginning;

  synchronized void add(UUID key, SessionEntry entry, int size) {
    sessions++;
    bytes += size;
    if (!entry.used()) {
      Begun place = new Begun(entry.createdAt(), arrivals++);
      unused.put(place, key);
      places.put(key, place);
    }
  }

  synchronized void change(UUID key, SessionEntry entry, int grownBy) {
    bytes += grownBy;
    if (entry.used()) {
      leave(key);
    }
  }

  synchronized void remove(UUID key, int size) {
    sessions--;
    bytes -= size;
    leave(key);
  }

  private void leave(UUID key) {
    Begun place = places.remove(key);
    if (place != null) {
      unused.remove(place);
    }
  }

  /** Whether one more may begin; if so, it counts until {@link #hasBegun}. */
  synchronized boolean begin(SessionBudget budget) {
    if (unused.size() + beginning >= budget.maxUnused()
        || sessions + beginning >= budget.maxSessions().orElse(Integer.MAX_VALUE)
        || bytes >= budget.maxBytes().orElse(Long.MAX_VALUE)) {
      return false;
    }
    beginning++;
    return true;
  }

  /** One that was to begin has, or failed to: it counts as what it is. */
  synchronized void hasBegun() {
    beginning--;
  }

  /** Takes the oldest one that never got a field out of the count, for whoever ends it. */
  synchronized Optional<UUID> takeOldestUnused() {
    Map.Entry<Begun, UUID> first = unused.pollFirstEntry();
    if (first == null) {
      return Optional.empty();
    }
    places.remove(first.getValue());
    return Optional.of(first.getValue());
  }

  synchronized long bytes() {
    return bytes;
  }
}
