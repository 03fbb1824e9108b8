package dev.kinto.gateway.session;

import java.util.Optional;
import java.util.UUID;

/**
 * How far a search has come: all partitions before one, and of that one all keys up to one. Keys of
 * a partition are in their natural order.
 *
 * @param partition the first that was not searched whole
 * @param key the last one of it that was; empty: none
 */
record SearchPlace(int partition, Optional<UUID> key) {
  static final SearchPlace START = new SearchPlace(0, Optional.empty());

  /** Whether a session lies where the search has been. */
  boolean covers(int inPartition, UUID found) {
    return inPartition < partition
        || (inPartition == partition && key.filter(last -> found.compareTo(last) <= 0).isPresent());
  }

  /** The key behind which a partition is to be searched. */
  Optional<UUID> keyIn(int inPartition) {
    return inPartition == partition ? key : Optional.empty();
  }

  /** Whether it has come less far than another one. */
  boolean isBefore(SearchPlace other) {
    return partition != other.partition
        ? partition < other.partition
        : key.isEmpty()
            ? other.key.isPresent()
            : other.key.filter(each -> key.get().compareTo(each) < 0).isPresent();
  }

  void pack(Packer out) {
    out.length(partition).oneByte(key.isPresent() ? 1 : 0);
    key.ifPresent(out::key);
  }

  static SearchPlace unpack(Unpacker in) {
    return new SearchPlace(
        in.length(), in.oneByte() == 1 ? Optional.of(in.key()) : Optional.empty());
  }

  /**
   * Reads the form that operators pass on.
   *
   * @throws IllegalArgumentException if it is none
   */
  static SearchPlace parse(String text) {
    int dot = text.indexOf('.');
    int partition = Integer.parseInt(dot < 0 ? text : text.substring(0, dot));
    if (partition < 0) {
      throw new IllegalArgumentException(text);
    }
    return new SearchPlace(
        partition,
        dot < 0 ? Optional.empty() : Optional.of(UUID.fromString(text.substring(dot + 1))));
  }

  /** The form that operators pass on. */
  @Override
  public String toString() {
    return partition + key.map(each -> "." + each).orElse("");
  }
}
