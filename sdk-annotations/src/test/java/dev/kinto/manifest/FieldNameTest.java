package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and their folding (contract C2). */
class FieldNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"auth-userId", "Auth_UserId", "auth.userid", "AUTH-USERID", "auth_userid"})
  void spellingsOfOneNameFoldAlike(String spelling) {
    assertEquals("auth-userid", new FieldName(spelling).folded());
    assertTrue(new FieldName(spelling).foldsLike(new FieldName("auth-userId")));
  }

  @ParameterizedTest
  @CsvSource({"auth-userId, auth-user-id", "auth-userId, authuserid", "auth-userId, auth~userid"})
  void otherNamesDoNotFoldAlike(String one, String other) {
    assertFalse(new FieldName(one).foldsLike(new FieldName(other)));
  }

  @Test
  void onlyAsciiLettersChangeTheirCase() {
    // A Turkish dotless i or a Kelvin sign must not become the letter that a filter looks for.
    assertEquals("\u0130\u212A", FieldName.fold("\u0130\u212A"));
  }

  @Test
  void aFoldedNameIsGivenBackAsItIs() {
    String folded = "auth-userid";
    assertSame(folded, FieldName.fold(folded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "auth userId", "auth-userId ", "a:b", "a=b", "{a}", "ä", "a\n"})
  void whatIsNoTokenOfHttpIsRefused(String spelling) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new FieldName(spelling));
    assertTrue(refused.getMessage().contains("\"" + spelling + "\""), refused.getMessage());
  }

  @Test
  void everyTokenCharacterOfRfc9110IsAllowed() {
    String token = "!#$%&'*+-.^_`|~09azAZ";
    assertEquals(token, new FieldName(token).toString());
  }

  @Test
  void equalityComparesSpellings() {
    assertNotEquals(new FieldName("auth-userId"), new FieldName("auth-userid"));
  }

  @Test
  void orderIsByMeaningThenSpelling() {
    List<FieldName> sorted =
        List.of("b-x", "a_x", "A-y", "a-x").stream().map(FieldName::new).sorted().toList();
    assertEquals("[a-x, a_x, A-y, b-x]", sorted.toString());
  }
}
