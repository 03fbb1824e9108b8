package dev.kinto.gateway.wire;

import java.io.InputStream;

/**
 * A chunked request body, read from the connection's own bytes (RFC 9112, section 7.1). The framing
 * is strict (contract C35); extensions and trailers are read and discarded (contract C30).
 */
final class ChunkedBody extends InputStream {
  private static final int MAX_SIZE_DIGITS = 15;
  private static final int MAX_DISCARDED = 16 * 1024;

  private final ConnectionInput connection;

  /** Bytes of the current chunk that are still to come. */
  private long left;

  private boolean begun;
  private boolean ended;
  private int discarded;

  ChunkedBody(ConnectionInput connection) {
    this.connection = connection;
  }

  @Override
  public int read() throws ClientBodyException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws ClientBodyException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = connection.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw brokenOff();
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws ClientBodyException {
    if (begun) {
      expect('\r');
      expect('\n');
    }
    begun = true;
    left = size();
    if (left == 0) {
      discardTrailers();
      ended = true;
    }
  }

  /** Reads the line of a chunk's size. */
  private long size() throws ClientBodyException {
    long size = 0;
    int digits = 0;
    char c = next();
    for (int digit = Character.digit(c, 16); digit >= 0; digit = Character.digit(c, 16)) {
      if (++digits > MAX_SIZE_DIGITS) {
        throw malformed();
      }
      size = size << 4 | digit;
      c = next();
    }
    while (c == ' ' || c == '\t') {
      c = discard();
      if (c == '\r') {
        throw malformed();
      }
    }
    if (digits == 0 || (c != ';' && c != '\r')) {
      throw malformed();
    }
    discardLine(c);
    return size;
  }

  private void discardTrailers() throws ClientBodyException {
    for (char c = next(); ; c = next()) {
      boolean last = c == '\r';
      discardLine(c);
      if (last) {
        return;
      }
    }
  }

  /** Reads a line to its end, which is CRLF and nothing else. */
  private void discardLine(char first) throws ClientBodyException {
    for (char c = first; c != '\r'; c = discard()) {
      if ((c < 0x20 && c != '\t') || c == 0x7F) {
        throw malformed();
      }
    }
    expect('\n');
  }

  private char discard() throws ClientBodyException {
    if (++discarded > MAX_DISCARDED) {
      throw malformed();
    }
    return next();
  }

  private void expect(char wanted) throws ClientBodyException {
    if (next() != wanted) {
      throw malformed();
    }
  }

  private char next() throws ClientBodyException {
    int next = connection.read();
    if (next < 0) {
      throw brokenOff();
    }
    return (char) next;
  }

  private static ClientBodyException brokenOff() {
    return new ClientBodyException("it ended before its last chunk");
  }

  private static ClientBodyException malformed() {
    return new ClientBodyException("its chunks are not HTTP");
  }
}
