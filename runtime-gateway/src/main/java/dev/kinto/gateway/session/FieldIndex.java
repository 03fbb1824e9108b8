package dev.kinto.gateway.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
   * Takes other fields.
   *
   * @return what must be read for them; until then nobody can tell who is there
   */
  synchronized List<PartitionIndex> use(Set<String> others) {
    if (fields.equals(others)) {
      return List.of();
    }
    fields = Set.copyOf(others);
    partitions.replaceAll((partition, _) -> PartitionIndex.unread(partition, fields));
    return fields.isEmpty() ? List.of() : List.copyOf(partitions.values());
  }

  /** Whether it is still the one of its partition. */
  boolean uses(PartitionIndex index) {
    return partitions.get(index.partition()) == index;
  }

  boolean has(String folded) {
    return fields.contains(folded);
  }

  synchronized void clear() {
    partitions.clear();
  }

  synchronized void gained(int partition) {
    partitions.put(partition, PartitionIndex.gained(partition, fields));
  }

  void found(int partition, UUID key, byte[] value) {
    PartitionIndex index = partitions.get(partition);
    if (index != null) {
      index.found(key, value);
    }
  }

  void settled(int partition) {
    PartitionIndex index = partitions.get(partition);
    if (index != null && index.isToldOf()) {
      index.settled();
    }
  }

  synchronized void lost(int partition) {
    partitions.remove(partition);
  }

  /** An entry came, changed or went; null where nothing was or is. */
  void changed(int partition, UUID key, byte @Nullable [] before, byte @Nullable [] after) {
    PartitionIndex index = partitions.get(partition);
    if (index != null) {
      index.changed(key, before, after);
    }
  }

  /** The partitions of this node, from one on, in their order. */
  List<Integer> partitionsFrom(int first) {
    return List.copyOf(new TreeMap<>(partitions).tailMap(first).keySet());
  }

  /**
   * The sessions of a partition that have a value, in the order of their keys.
   *
   * @param after only those behind this one; empty: all
   * @throws IllegalStateException if it is not known: the partition was lost, or not all that is in
   *     it is indexed by the field yet
   */
  List<UUID> find(int partition, FieldValue value, Optional<UUID> after) {
    PartitionIndex index = partitions.get(partition);
    if (index == null || !index.has(value.field())) {
      throw new IllegalStateException("A partition is not indexed by " + value.field() + " yet.");
    }
    return index.find(value.term(), after);
  }
}
