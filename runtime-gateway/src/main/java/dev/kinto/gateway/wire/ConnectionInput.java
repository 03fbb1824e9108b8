package dev.kinto.gateway.wire;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection's bytes, in the pieces in which they come. Used by one thread at a time: the
 * connection's own, or for a while the one that sends a request's body on.
 */
final class ConnectionInput {
  private final Supplier<byte @Nullable []> source;

  /** Bytes that came and were not taken yet, from {@link #at} to the end. */
  private byte[] piece = {};

  private int at;

  /**
   * The input of a connection.
   *
   * @param source gives the bytes as they come, or null at their end
   */
  ConnectionInput(Supplier<byte @Nullable []> source) {
    this.source = source;
  }

  /** Takes one byte, 0 to 255, or -1 at the end. */
  int read() {
    return fill() ? piece[at++] & 0xFF : -1;
  }

  /** Takes what is there, at least one byte and at most {@code length}; -1 at the end. */
  int read(byte[] buffer, int offset, int length) {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, buffer, offset, count);
    at += count;
    return count;
  }

  /** How many bytes can be taken without waiting. */
  int atHand() {
    return piece.length - at;
  }

  /**
   * Waits for a whole head and takes it.
   *
   * @return null if the connection ends before
   */
  @Nullable RequestHead readHead(WireLimits limits) {
    HeadEnd search = new HeadEnd(limits);
    int end = search.find(piece, at);
    while (end < 0) {
      byte[] more = source.get();
      if (more == null) {
        return null;
      }
      append(more);
      end = search.find(piece, at);
    }
    RequestHead head = new RequestHeadParser(piece, at + search.skipped()).parse();
    at = end;
    return head;
  }

  private boolean fill() {
    while (at == piece.length) {
      byte[] more = source.get();
      if (more == null) {
        return false;
      }
      piece = more;
      at = 0;
    }
    return true;
  }

  private void append(byte[] more) {
    if (at == piece.length) {
      piece = more;
    } else {
      byte[] joined = Arrays.copyOfRange(piece, at, piece.length + more.length);
      System.arraycopy(more, 0, joined, piece.length - at, more.length);
      piece = joined;
    }
    at = 0;
  }
}
