package dev.kinto.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and the keys that make them genuine (contract C23). */
class TokenKeysTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String OTHER_SECRET = "fedcba9876543210fedcba9876543210";

  private static TokenKeys keys(String... idsAndSecrets) {
    LinkedHashMap<String, String> secrets = new LinkedHashMap<>();
    for (int i = 0; i < idsAndSecrets.length; i += 2) {
      secrets.put(idsAndSecrets[i], idsAndSecrets[i + 1]);
    }
    return TokenKeys.of(secrets);
  }

  @Test
  void anIssuedTokenIsGenuineAndNamesTheSameSession() {
    TokenKeys keys = keys("k1", SECRET);
    Token issued = keys.issue();
    Token verified = keys.verify(issued.text()).orElseThrow();
    assertEquals(issued.gridKey(), verified.gridKey());
    assertEquals(issued.nonceHash(), verified.nonceHash());
  }

  @Test
  void noTwoTokensNameTheSameSession() {
    TokenKeys keys = keys("k1", SECRET);
    Set<Object> gridKeys = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertTrue(gridKeys.add(keys.issue().gridKey()));
    }
  }

  /** C23: every bit of session id, nonce and MAC is covered. */
  @Test
  void aTokenWithAnyBitChangedIsForged() {
    TokenKeys keys = keys("k1", SECRET);
    String text = keys.issue().text();
    byte[] bytes = Base64.getUrlDecoder().decode(text.substring(3));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      String forged = "k1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      assertTrue(keys.verify(forged).isEmpty(), "bit " + bit);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertTrue(keys.verify(text).isPresent());
  }

  @Test
  void aTruncatedOrPaddedOutTokenIsForged() {
    TokenKeys keys = keys("k1", SECRET);
    String text = keys.issue().text();
    for (int length = 0; length < text.length(); length++) {
      assertTrue(keys.verify(text.substring(0, length)).isEmpty(), "length " + length);
    }
    assertTrue(keys.verify(text + "A").isEmpty());
    assertTrue(keys.verify(text + "AAAA").isEmpty());
  }

  /** A second spelling of a token would slip past whatever compares tokens as texts. */
  @Test
  void aTokenHasOneSpelling() {
    TokenKeys keys = keys("k1", SECRET);
    String text = keys.issue().text();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String start = text.substring(0, text.length() - 1);
    for (char last : alphabet.toCharArray()) {
      String other = start + last;
      assertEquals(other.equals(text), keys.verify(other).isPresent(), other);
    }
    assertTrue(keys.verify(text + "==").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "k1", "k1.", "k2.AAAA", "k1.!!!!", "k1.ä", "k1..", "Bearer x"})
  void whatIsNoTokenIsRefusedQuietly(String text) {
    assertTrue(keys("k1", SECRET).verify(text).isEmpty());
  }

  @Test
  void aTokenOfAnotherKeyIsForgedEvenUnderTheSameId() {
    String text = keys("k1", OTHER_SECRET).issue().text();
    assertTrue(keys("k1", SECRET).verify(text).isEmpty());
    assertTrue(keys("k2", SECRET).verify(text).isEmpty());
  }

  /** C23: the key id is under the MAC, so a token cannot be moved to another id. */
  @Test
  void aTokenCannotBeMovedToAnotherKeyIdWithTheSameSecret() {
    TokenKeys keys = keys("k1", SECRET, "k2", SECRET);
    String text = keys.issue().text();
    assertTrue(keys.verify("k2" + text.substring(2)).isEmpty());
  }

  /** C23: the first signs, all verify. */
  @Test
  void afterAChangeOfKeysTokensOfTheOldOneStillCount() {
    String old = keys("k1", SECRET).issue().text();
    TokenKeys both = keys("k2", OTHER_SECRET, "k1", SECRET);
    assertTrue(both.verify(old).isPresent());
    assertTrue(both.issue().text().startsWith("k2."));
    assertTrue(keys("k2", OTHER_SECRET).verify(old).isEmpty());
  }

  /** C23: tokens are never logged or shown. */
  @Test
  void noTokenPrints() {
    Token token = keys("k1", SECRET).issue();
    assertEquals("Token[redacted]", token.toString());
    assertNotEquals(token.text(), token.toString());
    assertFalse(new TokenKey("k1", SECRET.getBytes()).toString().contains(SECRET));
  }
}
