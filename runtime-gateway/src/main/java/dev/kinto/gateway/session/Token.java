package dev.kinto.gateway.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A genuine token, taken apart (contract C23): the id of its session, which never changes, and a
 * nonce, which changes with every rotation.
 *
 * <p>The grid knows neither: its key and what it compares are hashes, so that a dump of the grid
 * yields no token. {@code toString()} shows nothing.
 */
final class Token {
  /** Bytes of a session id, and of a nonce: 128 bits each from a secure random source. */
  static final int PART_LENGTH = 16;

  private final byte[] sessionId;
  private final byte[] nonce;
  private final String text;

  Token(byte[] sessionId, byte[] nonce, String text) {
    this.sessionId = sessionId;
    this.nonce = nonce;
    this.text = text;
  }

  /** What the client sends. Never log it. */
  String text() {
    return text;
  }

  byte[] sessionId() {
    return sessionId;
  }

  /** The key of the session's entry in the grid. */
  UUID gridKey() {
    ByteBuffer hash = ByteBuffer.wrap(hash(sessionId));
    return new UUID(hash.getLong(), hash.getLong());
  }

  /** What the entry knows of the nonce. */
  NonceHash nonceHash() {
    return NonceHash.of(hash(nonce));
  }

  private static byte[] hash(byte[] secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Token[redacted]";
  }
}
