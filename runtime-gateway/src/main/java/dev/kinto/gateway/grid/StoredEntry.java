package dev.kinto.gateway.grid;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The bytes that the grid keeps of an entry, in memory and in a journal: which version of the entry
 * they are, and what was stored.
 *
 * <pre>
 *  1 byte   0: what was stored follows; 1: the entry was removed, and until when (milliseconds since
 *           the epoch, 8 bytes) somebody may still have an older version that lives
 * 12 bytes  the version: three numbers of 4 bytes
 * </pre>
 *
 * They never change (contract C37b).
 */
final class StoredEntry {
  private static final byte STORED = 0;
  private static final byte REMOVED = 1;
  private static final int HEAD = 1 + 3 * Integer.BYTES;

  private final Version version;
  private final byte[] bytes;

  private StoredEntry(Version version, byte[] bytes) {
    this.version = version;
    this.bytes = bytes;
  }

  /**
   * Which of two versions of an entry is the newer one, wherever each was written. Only a majority
   * writes, and any two majorities have a node in common: so no two of them share an epoch and a
   * topology, and within one the first owner counts.
   *
   * @param epoch how often the grid began with what was on disks
   * @param topology the number of the set of nodes, within the epoch
   * @param count how often the entry was written
   */
  record Version(int epoch, int topology, int count) implements Comparable<Version> {
    static final Version NONE = new Version(0, 0, 0);

    private static final Comparator<Version> ORDER =
        Comparator.comparingInt(Version::epoch)
            .thenComparingInt(Version::topology)
            .thenComparingInt(Version::count);

    @Override
    public int compareTo(Version other) {
      return ORDER.compare(this, other);
    }

    /** That of the next write, in this epoch and topology. */
    Version next(int nowEpoch, long nowTopology) {
      return new Version(nowEpoch, (int) nowTopology, count + 1);
    }
  }

  static StoredEntry of(byte[] bytes) {
    ByteBuffer head = ByteBuffer.wrap(bytes, 1, HEAD - 1);
    return new StoredEntry(new Version(head.getInt(), head.getInt(), head.getInt()), bytes);
  }

  private static byte[] write(byte kind, Version version, byte[] rest) {
    return ByteBuffer.allocate(HEAD + rest.length)
        .put(kind)
        .putInt(version.epoch())
        .putInt(version.topology())
        .putInt(version.count())
        .put(rest)
        .array();
  }

  /** The bytes of an entry that is stored. */
  static byte[] stored(Version version, byte[] content) {
    return write(STORED, version, content);
  }

  /** The bytes of an entry that was removed. */
  static byte[] removed(Version version, long until) {
    return write(REMOVED, version, ByteBuffer.allocate(Long.BYTES).putLong(until).array());
  }

  /** Whether something is stored, and was not removed. */
  static boolean isStored(byte[] bytes) {
    return bytes[0] == STORED;
  }

  /** What is stored; empty if the entry was removed. */
  static Optional<byte[]> content(byte[] bytes) {
    return of(bytes).content();
  }

  Optional<byte[]> content() {
    return isStored(bytes)
        ? Optional.of(Arrays.copyOfRange(bytes, HEAD, bytes.length))
        : Optional.empty();
  }

  Version version() {
    return version;
  }

  /** Of one that was removed: until when that must be known, by the clock's milliseconds. */
  long removedUntil() {
    return ByteBuffer.wrap(bytes, HEAD, Long.BYTES).getLong();
  }
}
