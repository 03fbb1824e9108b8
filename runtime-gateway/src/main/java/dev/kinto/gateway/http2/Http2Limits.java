package dev.kinto.gateway.http2;

/**
 * What one connection may hold.
 *
 * @param maxStreams greatest number of streams at a time; more are refused
 * @param maxHeadSize greatest size of a head in bytes, names and values and 32 for each field
 */
public record Http2Limits(int maxStreams, int maxHeadSize) {
  /** What a connection has before it says anything (RFC 9113, section 6.9.2). */
  static final int DEFAULT_WINDOW = 65_535;

  /** How many bytes of one body may wait to be read. */
  static final int STREAM_WINDOW = 128 * 1024;

  /** How many bytes of all bodies together: a few that are not read do not stop the others. */
  static final int CONNECTION_WINDOW = 1024 * 1024;
}
