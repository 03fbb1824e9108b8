package dev.kinto.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How tokens are made (contract C23, C28).
 *
 * @param keys in order, the first signs, all verify; empty: one is generated and kept
 * @param grace how long the token from before a rotation still serves calls
 */
public record TokensConfig(List<Key> keys, Duration grace) {
  private static final String KEY_ID = "[A-Za-z0-9_-]{1,32}";
  private static final int KEY_LENGTH = 32;

  /** What 32 random characters of any alphabet have all but surely. */
  private static final int LEAST_DIFFERENT = 6;

  private static final int LONGEST_REPEATED = KEY_LENGTH / 2;
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  /** Copies the list. */
  public TokensConfig {
    keys = List.copyOf(keys);
  }

  static TokensConfig read(Section section) {
    section.refuseEmpty(
        "keys",
        "Name a key, which \"key new\" prints, or leave this out: then one is generated and kept.");
    List<Key> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section key : section.sections("keys")) {
      String id = key.id("key", KEY_ID, "1 to 32 letters, digits, \"_\" or \"-\"", ids);
      String secret = key.secret("secret", "the key's secret", TokensConfig::secret);
      key.refuseOthers();
      if (id != null && secret != null) {
        keys.add(new Key(id, secret));
      }
    }
    Duration grace = section.duration("grace", DEFAULT_GRACE);
    section.refuseOthers();
    return new TokensConfig(keys, grace);
  }

  private static String secret(String text) {
    if (text.length() < KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a token key has at least " + KEY_LENGTH + " characters; \"key new\" prints one.");
    }
    if (text.chars().distinct().count() < LEAST_DIFFERENT || isRepetition(text)) {
      throw new IllegalArgumentException(
          "a token key is random, and this one is the same over and over; \"key new\" prints one.");
    }
    return text;
  }

  /** Whether the text is a short one, repeated to its end. */
  private static boolean isRepetition(String text) {
    return IntStream.range(1, LONGEST_REPEATED)
        .anyMatch(length -> text.startsWith(text.substring(length)));
  }

  /**
   * A key of tokens.
   *
   * @param id what tokens that it signed begin with
   * @param secret at least 32 characters from a random source
   */
  public record Key(String id, String secret) {
    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }
}
