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
  private final String text;
  private final UUID gridKey;
  private final NonceHash nonceHash;

  Token(byte[] sessionId, byte[] nonce, String text) {
    this.sessionId = sessionId;
    this.text = text;
    MessageDigest sha256 = sha256();
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest(sessionId));
    gridKey = new UUID(hash.getLong(), hash.getLong());
    nonceHash = NonceHash.of(sha256.digest(nonce));
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
    return gridKey;
  }

  /** What the entry knows of the nonce. */
  NonceHash nonceHash() {
    return nonceHash;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Token[redacted]";
  }
}
