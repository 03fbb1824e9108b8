package dev.kinto.gateway.session;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of one partition have which values. What was found in it and what is told of
 * changes may overlap until it has settled, as with {@link PartitionCount}: until then it goes by
 * the keys. Safe for use by any number of threads.
 */
final class PartitionIndex {
  private final TreeSet<Posting> postings = new TreeSet<>(Posting.ORDER);

  /** What is known of each key; of one that is gone nothing. Null once it has settled. */
  private @Nullable Map<UUID, Set<UUID>> known = new HashMap<>();

  /** A session has a value. */
  private record Posting(UUID term, UUID key) {
    static final Comparator<Posting> ORDER =
        Comparator.comparing(Posting::term).thenComparing(Posting::key);
  }

  synchronized void found(UUID key, Set<UUID> terms) {
    if (known != null && known.putIfAbsent(key, terms) == null) {
      replace(key, Set.of(), terms);
    }
  }

  synchronized void changed(UUID key, Set<UUID> before, Set<UUID> after) {
    Set<UUID> indexed = before;
    if (known != null) {
      indexed = known.getOrDefault(key, Set.of());
      known.put(key, after);
    }
    replace(key, indexed, after);
  }

  synchronized void settled() {
    known = null;
  }

  private void replace(UUID key, Set<UUID> before, Set<UUID> after) {
    Set<UUID> gone = new HashSet<>(before);
    gone.removeAll(after);
    gone.forEach(term -> postings.remove(new Posting(term, key)));
    after.forEach(term -> postings.add(new Posting(term, key)));
  }

  synchronized List<UUID> find(UUID term, Optional<UUID> after) {
    UUID first = after.orElse(new UUID(Long.MIN_VALUE, Long.MIN_VALUE));
    UUID last = new UUID(Long.MAX_VALUE, Long.MAX_VALUE);
    return postings
        .subSet(new Posting(term, first), after.isEmpty(), new Posting(term, last), true)
        .stream()
        .map(Posting::key)
        .toList();
  }
}
