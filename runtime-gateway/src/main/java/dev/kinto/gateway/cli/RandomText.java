package dev.kinto.gateway.cli;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Texts from the secure random source. */
final class RandomText {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomText() {}

  static String hex(int bytes) {
    return HexFormat.of().formatHex(random(bytes));
  }

  static String base64Url(int bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random(bytes));
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
