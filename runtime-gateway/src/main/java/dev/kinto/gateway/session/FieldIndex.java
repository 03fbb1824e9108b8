package dev.kinto.gateway.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions have which values, of the fields that are indexed, in the partitions that this
 * node is the first owner of (contract C44). It follows what the grid tells of every entry, as
 * {@link Census} does, so it is right whoever changes a session and however, and nothing of it is
 * stored. Without fields it costs nothing. Safe for use by any number of threads.
 */
final class FieldIndex {
  private final Map<Integer, PartitionIndex> partitions = new ConcurrentHashMap<>();
  private volatile Set<String> fields;

  /**
   * An index that knows nothing yet.
   *
   * @param fields the names, folded
   */
  FieldIndex(Set<String> fields) {
    this.fields = Set.copyOf(fields);
  }

  /**
   * Takes other fields; what is there must be told again then.
   *
   * @return whether they are others
   */
  boolean use(Set<String> others) {
    boolean different = !fields.equals(others);
    fields = Set.copyOf(others);
    return different;
  }

  boolean has(String folded) {
    return fields.contains(folded);
  }

  void clear() {
    partitions.clear();
  }

  void gained(int partition) {
    partitions.put(partition, new PartitionIndex());
  }

  void found(int partition, UUID key, byte[] value) {
    PartitionIndex index = partitions.get(partition);
    if (index != null && !fields.isEmpty()) {
      index.found(key, terms(value));
    }
  }

  void settled(int partition) {
    PartitionIndex index = partitions.get(partition);
    if (index != null) {
      index.settled();
    }
  }

  void lost(int partition) {
    partitions.remove(partition);
  }

  /** An entry came, changed or went; null where nothing was or is. */
  void changed(int partition, UUID key, byte @Nullable [] before, byte @Nullable [] after) {
    PartitionIndex index = partitions.get(partition);
    if (index != null && !fields.isEmpty()) {
      index.changed(key, terms(before), terms(after));
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

  /** The partitions of this node, from one on, in their order. */
  List<Integer> partitionsFrom(int first) {
    return List.copyOf(new TreeMap<>(partitions).tailMap(first).keySet());
  }

  /**
   * The sessions of a partition that have a value, in the order of their keys.
   *
   * @param after only those behind this one; empty: all
   */
  List<UUID> find(int partition, UUID term, Optional<UUID> after) {
    PartitionIndex index = partitions.get(partition);
    return index == null ? List.of() : index.find(term, after);
  }
}
