package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * The bytes that the grid stores of a session (contract C37b). No class and no schema of Ignite's
 * is in them, so gateways of two versions can share a grid.
 *
 * <pre>
 *  1 byte   format, 1
 *  1 byte   1: it got a field once; 2: the newest token was used
 *  6 bytes  created at, and likewise: deadline, greatest end (0 once it was ended), greatest end
 *           while it has no field, idle time, idle time while it has no field, end of the previous
 *           token's grace time
 *  4 bytes  how often a login replaced the token
 * 16 bytes  hash of the newest token's nonce, and likewise of the one before
 * 48 bytes  ids of the last eight writes
 *           client id, environment, number of fields, and of each its name and its value
 * </pre>
 *
 * All times are milliseconds. All but the fields has a fixed size, so that a renewal or a rotation
 * needs no more room than the entry has. This format never changes: another one gets another first
 * byte, is read one release before it is written, and stored bytes of each stay in the tests.
 */
final class EntryFormat {
  private static final int FORMAT = 1;
  private static final int USED = 1;
  private static final int TOKEN_USED = 2;

  private static final int DEADLINE = 6;

  /** Bytes between the greatest end and the client id. */
  private static final int BETWEEN = 4 * 6 + 4 + 2 * NonceHash.LENGTH + RecentWrites.LENGTH;

  private EntryFormat() {}

  /** An entry was written by a newer version of the gateway. It stays as it is. */
  static final class UnknownFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownFormatException(int format) {
      super(
          "the entry has format "
              + format
              + ", and this version of the gateway knows 1. Is a newer version running beside it?");
    }
  }

  static byte[] write(SessionEntry entry) {
    TokenNonces nonces = entry.nonces();
    Packer out =
        new Packer()
            .oneByte(FORMAT)
            .oneByte((entry.used() ? USED : 0) | (nonces.currentUsed() ? TOKEN_USED : 0))
            .sixBytes(entry.createdAt())
            .sixBytes(entry.deadline())
            .sixBytes(entry.times().maxEnd())
            .sixBytes(entry.times().unusedEnd())
            .sixBytes(entry.times().idle())
            .sixBytes(entry.times().unusedIdle())
            .sixBytes(nonces.previousUntil())
            .fourBytes(entry.logins())
            .hash(nonces.current())
            .hash(nonces.previous());
    entry.recentWrites().pack(out);
    out.text(entry.clientId()).text(entry.environment());
    entry.fields().pack(out);
    return out.toBytes();
  }

  /**
   * The entry of these bytes.
   *
   * @throws UnknownFormatException if a newer version wrote them
   */
  static SessionEntry read(byte[] bytes) {
    return read(new Unpacker(bytes));
  }

  /** The entry of these bytes, unless a newer version wrote them. */
  static Optional<SessionEntry> ifKnown(byte[] bytes) {
    return bytes[0] == FORMAT ? Optional.of(read(bytes)) : Optional.empty();
  }

  /**
   * What counts of it, without a look at its fields; empty if it was ended, or a newer version
   * wrote it.
   */
  static Optional<SessionSummary> summary(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    if (in.oneByte() != FORMAT) {
      return Optional.empty();
    }
    boolean used = (in.oneByte() & USED) != 0;
    long createdAt = in.sixBytes();
    boolean ended = in.skip(DEADLINE).sixBytes() == 0;
    return ended
        ? Optional.empty()
        : Optional.of(new SessionSummary(in.skip(BETWEEN).text(), createdAt, used, bytes.length));
  }

  /** The entry that comes next. */
  static SessionEntry read(Unpacker in) {
    int format = in.oneByte();
    if (format != FORMAT) {
      throw new UnknownFormatException(format);
    }
    int flags = in.oneByte();
    long createdAt = in.sixBytes();
    long deadline = in.sixBytes();
    SessionEntry.Times times =
        new SessionEntry.Times(in.sixBytes(), in.sixBytes(), in.sixBytes(), in.sixBytes());
    long previousUntil = in.sixBytes();
    int logins = in.fourBytes();
    TokenNonces nonces =
        new TokenNonces(in.hash(), in.hash(), previousUntil, (flags & TOKEN_USED) != 0);
    RecentWrites writes = RecentWrites.unpack(in);
    return new SessionEntry(
        in.text(),
        in.text(),
        createdAt,
        deadline,
        times,
        (flags & USED) != 0,
        logins,
        nonces,
        writes,
        SessionFields.unpack(in));
  }
}
