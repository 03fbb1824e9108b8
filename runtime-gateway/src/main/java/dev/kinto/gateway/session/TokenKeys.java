package dev.kinto.gateway.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Issues and verifies tokens (contract C23). The first key signs, all verify.
 *
 * <p>A token is {@code <key id>.<base64url of session id, nonce and MAC>}. A forged one is refused
 * here, without a look into the grid.
 */
public final class TokenKeys {
  private static final int SIGNED_LENGTH = 2 * Token.PART_LENGTH;
  private static final int TOKEN_LENGTH = SIGNED_LENGTH + TokenKey.MAC_LENGTH;

  /** Digits of a token behind its dot, without padding (RFC 4648, section 5). */
  private static final int TEXT_LENGTH = (TOKEN_LENGTH * 8 + 5) / 6;

  private static final int LAST = TEXT_LENGTH - 1;

  /** Those whose idle bits, which the decoder overlooks, are zero: a token has one spelling. */
  private static final String LAST_DIGITS = "AQgw";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final SecureRandom random = new SecureRandom();
  private final TokenKey signing;
  private final Map<String, TokenKey> byId;

  private TokenKeys(List<TokenKey> keys) {
    signing = keys.getFirst();
    byId = keys.stream().collect(Collectors.toUnmodifiableMap(TokenKey::id, Function.identity()));
  }

  /**
   * The keys of the configuration; the first signs.
   *
   * @param secrets by key id, in order; at least one
   */
  public static TokenKeys of(SequencedMap<String, String> secrets) {
    return new TokenKeys(
        secrets.sequencedEntrySet().stream()
            .map(e -> new TokenKey(e.getKey(), e.getValue().getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  /** One key, of at least 32 random bytes. */
  static TokenKeys of(String id, byte[] secret) {
    return new TokenKeys(List.of(new TokenKey(id, secret)));
  }

  /** What tells these keys from others; that of the one that signs comes first. */
  List<String> fingerprints() {
    return Stream.concat(
            Stream.of(signing), byId.values().stream().filter(key -> !key.equals(signing)))
        .map(TokenKey::fingerprint)
        .toList();
  }

  /** A token for a new session. */
  Token issue() {
    byte[] sessionId = new byte[Token.PART_LENGTH];
    random.nextBytes(sessionId);
    return issue(sessionId);
  }

  /** A new token for the session of another one. */
  Token reissue(Token token) {
    return issue(token.sessionId());
  }

  private Token issue(byte[] sessionId) {
    byte[] nonce = new byte[Token.PART_LENGTH];
    random.nextBytes(nonce);
    byte[] bytes = Arrays.copyOf(sessionId, TOKEN_LENGTH);
    System.arraycopy(nonce, 0, bytes, Token.PART_LENGTH, Token.PART_LENGTH);
    byte[] mac = signing.sign(bytes, SIGNED_LENGTH);
    System.arraycopy(mac, 0, bytes, SIGNED_LENGTH, mac.length);
    return new Token(sessionId, nonce, signing.id() + '.' + ENCODER.encodeToString(bytes));
  }

  /** The token of this text, if one of the keys made it. */
  Optional<Token> verify(String text) {
    int dot = text.indexOf('.');
    TokenKey key = dot < 0 ? null : byId.get(text.substring(0, dot));
    if (key == null) {
      return Optional.empty();
    }
    String encoded = text.substring(dot + 1);
    if (encoded.length() != TEXT_LENGTH || LAST_DIGITS.indexOf(encoded.charAt(LAST)) < 0) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = DECODER.decode(encoded);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    byte[] expected = key.sign(bytes, SIGNED_LENGTH);
    byte[] found = Arrays.copyOfRange(bytes, SIGNED_LENGTH, TOKEN_LENGTH);
    if (!MessageDigest.isEqual(expected, found)) {
      return Optional.empty();
    }
    byte[] sessionId = Arrays.copyOf(bytes, Token.PART_LENGTH);
    byte[] nonce = Arrays.copyOfRange(bytes, Token.PART_LENGTH, SIGNED_LENGTH);
    return Optional.of(new Token(sessionId, nonce, text));
  }
}
