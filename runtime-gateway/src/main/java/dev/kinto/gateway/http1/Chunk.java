package dev.kinto.gateway.http1;

import java.nio.charset.StandardCharsets;

/**
 * Frames pieces of a body as chunks, in the buffer where they are (RFC 9112, section 7.1). The size
 * of a piece is known after it was read: room for it is kept before the piece.
 */
public final class Chunk {
  /** The bytes to keep free before a piece: for four digits and the end of their line. */
  public static final int ROOM_BEFORE = 6;

  /** The bytes to keep free behind a piece. */
  public static final int ROOM_BEHIND = 2;

  /** The most bytes of a piece. */
  public static final int MOST = 0xFFFF;

  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Chunk() {}

  /**
   * Frames a piece.
   *
   * @param start where the chunk begins; the piece begins {@link #ROOM_BEFORE} bytes behind
   * @param count the bytes of the piece, at least one
   * @return the place behind the chunk
   */
  public static int frame(byte[] buffer, int start, int count) {
    byte[] size = (Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, buffer, start, size.length);
    int end = start + size.length;
    if (size.length < ROOM_BEFORE) {
      System.arraycopy(buffer, start + ROOM_BEFORE, buffer, end, count);
    }
    end += count;
    buffer[end++] = '\r';
    buffer[end++] = '\n';
    return end;
  }

  /**
   * Writes the last chunk, without trailers.
   *
   * @return the place behind it
   */
  public static int last(byte[] buffer, int start) {
    System.arraycopy(LAST, 0, buffer, start, LAST.length);
    return start + LAST.length;
  }
}
