package dev.kinto.gateway.session;

import java.nio.ByteBuffer;

/**
 * What the grid knows of a token's nonce: the first 128 bits of its SHA-256.
 *
 * @param high the first 64 of them
 * @param low the others
 */
record NonceHash(long high, long low) {
  /** No token's. */
  static final NonceHash NONE = new NonceHash(0, 0);

  /** Bytes that it is written in. */
  static final int LENGTH = 16;

  /** Of the hash's bytes, of which the first 16 count. */
  static NonceHash of(byte[] sha256) {
    ByteBuffer bytes = ByteBuffer.wrap(sha256);
    return new NonceHash(bytes.getLong(), bytes.getLong());
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }
}
