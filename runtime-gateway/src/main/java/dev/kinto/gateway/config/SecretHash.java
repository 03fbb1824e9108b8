package dev.kinto.gateway.config;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of a client's secret, or of an operator's. Secrets are generated, 256 bits long, so a
 * plain SHA-256 is enough: there is nothing to guess (contract C22).
 */
public final class SecretHash {
  /** The hash of no secret that anybody can have. */
  static final SecretHash NONE = new SecretHash(new byte[32]);

  /** What a hash command prints that was given nothing, or nothing but a line's end. */
  private static final List<SecretHash> OF_NOTHING = List.of(of(""), of("\n"), of("\r\n"));

  private static final String SCHEME = "sha256:";

  private final byte[] hash;

  private SecretHash(byte[] hash) {
    this.hash = hash;
  }

  /** The hash of a secret. */
  public static SecretHash of(String secret) {
    return new SecretHash(Sha256.of(secret));
  }

  /**
   * Parses the form that the configuration has.
   *
   * @throws IllegalArgumentException that does not repeat the text, which may be the secret itself
   */
  public static SecretHash parse(String text) {
    return parse(text, "client new");
  }

  /**
   * The same for the secret of somebody else.
   *
   * @param command what prints such a secret and its hash
   */
  static SecretHash parse(String text, String command) {
    String hex = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
    if (!hex.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "\"sha256:\" and 64 hex digits are wanted; \"" + command + "\" prints them.");
    }
    SecretHash parsed = new SecretHash(HexFormat.of().parseHex(hex));
    if (OF_NOTHING.contains(parsed)) {
      throw new IllegalArgumentException(
          "this is the hash of an empty text: whoever made it had no secret, and everybody would"
              + " have it. \""
              + command
              + "\" prints a secret and its hash.");
    }
    return parsed;
  }

  /** By what logs name the secret: the first eight hex digits of its hash. */
  public String id() {
    return HexFormat.of().formatHex(hash, 0, 4);
  }

  /** Takes the same time for any two. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash that && MessageDigest.isEqual(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  /** The form that the configuration has. */
  @Override
  public String toString() {
    return SCHEME + HexFormat.of().formatHex(hash);
  }
}
