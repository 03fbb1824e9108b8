package dev.kinto.gateway.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The records of one file, one behind the other. Of each:
 *
 * <pre>
 *  4 bytes  length of what follows the checksum
 *  4 bytes  its complement, by which a length that was cut short is told from a damaged one
 *  4 bytes  CRC-32C of what follows
 * 16 bytes  the key
 *           the bytes of the entry
 * </pre>
 *
 * <p>The last one may have been cut short by the end of the process, or never have reached the disk
 * before a loss of power: then nobody was told that it is there.
 */
final class Records {
  private static final int HEAD = 3 * Integer.BYTES;
  private static final int KEY = 2 * Long.BYTES;

  private final Journal.Form form;
  private final Map<UUID, byte[]> newest = new LinkedHashMap<>();
  private int end;

  private Records(Journal.Form form) {
    this.form = form;
  }

  /** The bytes of a record. */
  static byte[] record(UUID key, byte[] entry) {
    int length = KEY + entry.length;
    byte[] bytes =
        ByteBuffer.allocate(HEAD + length)
            .putInt(length)
            .putInt(~length)
            .putInt(0)
            .putLong(key.getMostSignificantBits())
            .putLong(key.getLeastSignificantBits())
            .put(entry)
            .array();
    ByteBuffer.wrap(bytes).putInt(HEAD - Integer.BYTES, checksum(bytes, HEAD, length));
    return bytes;
  }

  private static int checksum(byte[] bytes, int start, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, start, length);
    return (int) sum.getValue();
  }

  /** Reads those of a file. */
  static Records read(byte[] bytes, Path file, Journal.Form form) throws DamagedException {
    Records records = new Records(form);
    while (records.next(bytes, file)) {
      // It has been taken.
    }
    return records;
  }

  /** Takes the next one. Whether there was one. */
  private boolean next(byte[] bytes, Path file) throws DamagedException {
    if (bytes.length - end < HEAD || isNothingFrom(bytes, end)) {
      return false;
    }
    ByteBuffer head = ByteBuffer.wrap(bytes, end, HEAD);
    int length = head.getInt();
    if (length < KEY || head.getInt() != ~length) {
      throw new DamagedException(file, end);
    }
    if (length > bytes.length - end - HEAD) {
      return false;
    }
    if (checksum(bytes, end + HEAD, length) != head.getInt()) {
      throw new DamagedException(file, end);
    }
    ByteBuffer body = ByteBuffer.wrap(bytes, end + HEAD, length);
    UUID key = new UUID(body.getLong(), body.getLong());
    byte[] entry = new byte[body.remaining()];
    body.get(entry);
    newest.merge(key, entry, (old, other) -> form.isNewer(other, old) ? other : old);
    end += HEAD + length;
    return true;
  }

  /** What a file system leaves behind that had not written all before a loss of power. */
  private static boolean isNothingFrom(byte[] bytes, int start) {
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where the last whole record ends. */
  int end() {
    return end;
  }

  /** The newest bytes of each key, without those that are over. */
  Map<UUID, byte[]> newest() {
    newest.values().removeIf(form::isOver);
    return newest;
  }
}
