package dev.kinto.gateway.session;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that makes tokens genuine: HMAC-SHA-256 over key id, session id and nonce.
 *
 * <p>Safe for use by several threads: each call works on a copy of the prepared MAC.
 */
final class TokenKey {
  static final int MAC_LENGTH = 32;
  private static final int FINGERPRINT_LENGTH = 4;
  private static final String ALGORITHM = "HmacSHA256";

  private final String id;
  private final Mac prepared;

  /**
   * A key.
   *
   * @param id what a token begins with, so that its key is found
   * @param secret at least 32 bytes
   */
  TokenKey(String id, byte[] secret) {
    this.id = id;
    try {
      prepared = Mac.getInstance(ALGORITHM);
      prepared.init(new SecretKeySpec(secret, ALGORITHM));
      prepared.update(id.getBytes(StandardCharsets.UTF_8));
      prepared.update((byte) 0);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JDK has " + ALGORITHM + ", and it takes any key", e);
    }
  }

  String id() {
    return id;
  }

  /** What tells it from other keys, and nothing of it: eight hexadecimal digits. */
  String fingerprint() {
    byte[] what = "fingerprint".getBytes(StandardCharsets.UTF_8);
    return id + ":" + HexFormat.of().formatHex(sign(what, what.length), 0, FINGERPRINT_LENGTH);
  }

  /** The MAC of a range of bytes. */
  byte[] sign(byte[] bytes, int length) {
    try {
      Mac mac = (Mac) prepared.clone();
      mac.update(bytes, 0, length);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's HMAC can be cloned", e);
    }
  }

  @Override
  public String toString() {
    return "TokenKey[" + id + "]";
  }
}
