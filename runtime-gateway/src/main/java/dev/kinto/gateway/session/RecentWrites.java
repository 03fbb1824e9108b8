package dev.kinto.gateway.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the last writes into a session, its end too, so that one that the grid carries out
 * twice, because nobody had heard of its success, changes nothing the second time (contract C37a).
 * Immutable.
 */
final class RecentWrites {
  private static final int COUNT = 8;

  /** Bytes that they are written in. */
  static final int LENGTH = 6 * COUNT;

  /** Of a session that nobody wrote to. */
  static final RecentWrites NONE = new RecentWrites(new long[COUNT]);

  /** Of 48 random bits, the newest first; 0 where there is none. */
  private final long[] ids;

  private RecentWrites(long[] ids) {
    this.ids = ids;
  }

  boolean contain(long id) {
    for (long each : ids) {
      if (each == id) {
        return true;
      }
    }
    return false;
  }

  /** With a newer one; the oldest is forgotten. */
  RecentWrites with(long id) {
    long[] newer = new long[COUNT];
    newer[0] = id;
    System.arraycopy(ids, 0, newer, 1, COUNT - 1);
    return new RecentWrites(newer);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecentWrites writes && Arrays.equals(ids, writes.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  void pack(Packer out) {
    for (long id : ids) {
      out.sixBytes(id);
    }
  }

  static RecentWrites unpack(Unpacker in) {
    long[] ids = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      ids[i] = in.sixBytes();
    }
    return new RecentWrites(ids);
  }
}
