package dev.kinto.gateway.http1;

import dev.kinto.gateway.http.PieceInput;
import dev.kinto.manifest.FieldName;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * A chunked body, read from a connection's own bytes (RFC 9112, section 7.1). The framing is strict
 * (contract C35); extensions and trailers are read and discarded (contract C30, C33).
 */
public final class ChunkedBody extends PieceInput {
  private static final int MAX_SIZE_DIGITS = 15;
  private static final int MAX_DISCARDED = 16 * 1024;

  private final InputStream connection;
  private final Function<String, ? extends IOException> failure;

  /** Bytes of the current chunk that are still to come. */
  private long left;

  private boolean begun;
  private boolean ended;
  private int discarded;

  /**
   * A body.
   *
   * @param connection has the bytes
   * @param failure makes an exception of what is wrong with the body
   */
  public ChunkedBody(InputStream connection, Function<String, ? extends IOException> failure) {
    this.connection = connection;
    this.failure = failure;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
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

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, connection.available());
  }

  private void nextChunk() throws IOException {
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
  private long size() throws IOException {
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

  private void discardTrailers() throws IOException {
    for (char c = next(); c != '\r'; c = next()) {
      discardTrailer(c);
    }
    expect('\n');
  }

  /** A trailer is a header line like any other, though nobody gets it. */
  private void discardTrailer(char first) throws IOException {
    char c = first;
    do {
      // Byte by byte: what is none is not waited on for its colon.
      if (!FieldName.isToken(Character.toString(c))) {
        throw malformed();
      }
      c = discard();
    } while (c != ':');
    discardLine(c);
  }

  /** Reads a line to its end, which is CRLF and nothing else. */
  private void discardLine(char first) throws IOException {
    for (char c = first; c != '\r'; c = discard()) {
      if ((c < 0x20 && c != '\t') || c == 0x7F) {
        throw malformed();
      }
    }
    expect('\n');
  }

  private char discard() throws IOException {
    if (++discarded > MAX_DISCARDED) {
      throw malformed();
    }
    return next();
  }

  private void expect(char wanted) throws IOException {
    if (next() != wanted) {
      throw malformed();
    }
  }

  private char next() throws IOException {
    int next = connection.read();
    if (next < 0) {
      throw brokenOff();
    }
    return (char) next;
  }

  private IOException brokenOff() {
    return failure.apply("it ended before its last chunk");
  }

  private IOException malformed() {
    return failure.apply("its chunks are not HTTP");
  }
}
