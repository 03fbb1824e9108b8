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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of one partition have which values, of the same fields for ever. What was found in
 * it and what is told of changes may overlap until it has settled, as with {@link PartitionCount}:
 * until then it goes by the keys. Safe for use by any number of threads.
 */
final class PartitionIndex {
  private final int partition;
  private final Set<String> fields;
  private final boolean toldOf;
  private final TreeSet<Posting> postings = new TreeSet<>(Posting.ORDER);

  /** What is known of each key; of one that is gone nothing. Null once it has settled. */
  private @Nullable Map<UUID, Set<UUID>> known = new HashMap<>();

  private volatile boolean complete;

  private PartitionIndex(int partition, Set<String> fields, boolean toldOf) {
    this.partition = partition;
    this.fields = fields;
    this.toldOf = toldOf;
    this.complete = toldOf;
  }

  /** Of a partition that was gained: the grid tells of what is there, and asks nothing before. */
  static PartitionIndex gained(int partition, Set<String> fields) {
    return new PartitionIndex(partition, fields, true);
  }

  /** Of a partition that was there before the fields: see {@link IndexReader}. */
  static PartitionIndex unread(int partition, Set<String> fields) {
    return new PartitionIndex(partition, fields, false);
  }

  int partition() {
    return partition;
  }

  /** Whether the grid tells of what is there, and when that has settled. */
  boolean isToldOf() {
    return toldOf;
  }

  /** Whether all sessions that have a value of a field are found by it. */
  boolean has(String folded) {
    return complete && fields.contains(folded);
  }

  /** All that is there has been found. */
  void complete() {
    complete = true;
  }

  /** A session has a value. */
  private record Posting(UUID term, UUID key) {
    static final Comparator<Posting> ORDER =
        Comparator.comparing(Posting::term).thenComparing(Posting::key);
  }

  void found(UUID key, byte[] value) {
    if (!fields.isEmpty()) {
      found(key, terms(value));
    }
  }

  /** An entry came, changed or went; null where nothing was or is. */
  void changed(UUID key, byte @Nullable [] before, byte @Nullable [] after) {
    if (!fields.isEmpty()) {
      changed(key, terms(before), terms(after));
    }
  }

  private Set<UUID> terms(byte @Nullable [] bytes) {
    Optional<SessionEntry> entry = bytes == null ? Optional.empty() : EntryFormat.ifKnown(bytes);
    return entry.map(this::terms).orElse(Set.of());
  }

  private Set<UUID> terms(SessionEntry entry) {
    return fields.stream()
        .flatMap(
            field ->
                entry.fields().value(field).map(wire -> FieldValue.ofWire(field, wire)).stream())
        .map(FieldValue::term)
        .collect(Collectors.toUnmodifiableSet());
  }

  private synchronized void found(UUID key, Set<UUID> terms) {
    if (known != null && known.putIfAbsent(key, terms) == null) {
      replace(key, Set.of(), terms);
    }
  }

  private synchronized void changed(UUID key, Set<UUID> before, Set<UUID> after) {
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
