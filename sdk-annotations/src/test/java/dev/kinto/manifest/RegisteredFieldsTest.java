package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry of HTTP field names (contract C3). */
class RegisteredFieldsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type", "content-type", "CONTENT-TYPE", "user-agent", "Cookie", "Authorization",
        "Accept-Language", "Forwarded", "Cache-Control", "Set-Cookie", "If-None-Match", "Host"
      })
  void registeredInAnyCase(String name) {
    assertTrue(RegisteredFields.contains(name));
    assertTrue(RegisteredFields.containsLowerCase(name.toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"content_type", "content.type", "content-rating", "auth-userId", "", "#", "A"})
  void otherNamesAndOtherSpellingsAreNot(String name) {
    assertFalse(RegisteredFields.contains(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Type", "USER-agent"})
  void theFastQuestionExpectsLowerCase(String name) {
    assertFalse(RegisteredFields.containsLowerCase(name));
  }
}
