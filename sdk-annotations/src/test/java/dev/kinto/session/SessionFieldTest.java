package dev.kinto.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values read from and written to headers (contract C4 to C7, C13). */
class SessionFieldTest {
  private static final String NAME = "auth-value";

  private static SessionField field(String type) {
    return SessionField.of(NAME, type);
  }

  @Test
  void valuesAreReadInTheirType() {
    assertEquals("Zoë", field("String").requiredString(Map.of(NAME, "Zo%C3%AB")::get));
    assertEquals(42L, field("Number").requiredLong(Map.of(NAME, "42")::get));
    assertEquals(1.5, field("Number{0.0-2.0}").requiredDouble(Map.of(NAME, "1.5")::get));
    assertTrue(field("Boolean").requiredBoolean(Map.of(NAME, "true")::get));
    assertEquals("{\"a\":1}", field("Object").requiredString(Map.of(NAME, "{\"a\":1}")::get));
    assertEquals(Optional.of(false), field("Boolean").optionalBoolean(Map.of(NAME, "false")::get));
    assertEquals(Optional.of(7L), field("Number").optionalLong(Map.of(NAME, "7")::get));
    assertEquals(Optional.of(7.0), field("Number").optionalDouble(Map.of(NAME, "7")::get));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void anEmptyValueIsAbsent(String value) {
    Map<String, String> headers = Map.of(NAME, value);
    assertEquals(Optional.empty(), field("String").optionalString(headers::get));
    assertEquals(Optional.empty(), field("Number").optionalLong(headers::get));
  }

  @Test
  void anAbsentOptionalValueIsItsDefault() {
    assertEquals(Optional.empty(), field("String").optionalString(Map.<String, String>of()::get));
    assertEquals(
        Optional.of("free"),
        field("String").withDefault("free").optionalString(Map.<String, String>of()::get));
    assertEquals(
        Optional.of(3L),
        field("Number").withDefault("3").optionalLong(Map.<String, String>of()::get));
  }

  @Test
  void anAbsentRequiredValueNamesItsField() {
    SessionValueException refused =
        assertThrows(
            SessionValueException.class,
            () -> field("String").requiredString(Map.<String, String>of()::get));
    assertEquals(NAME, refused.field());
    assertTrue(refused.getMessage().contains(NAME), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          Number,one
          Number,1%20
          Number{1-3},4
          Number,99999999999999999999
          Number,1.5
          """)
  void aWrongNumberIsRefused(String type, String wire) {
    SessionValueException refused =
        assertThrows(
            SessionValueException.class, () -> field(type).requiredLong(Map.of(NAME, wire)::get));
    assertEquals(NAME, refused.field());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e3", "1.0e3", "1000.0", "1000"})
  void aWholeNumberIsOneHoweverItIsWritten(String wire) {
    assertEquals(1000L, field("Number").requiredLong(Map.of(NAME, wire)::get));
  }

  @Test
  void aNumberThatNoDoubleHoldsIsRefusedWithFieldTypeAndValue() {
    for (String wire : new String[] {"1e400", "-1e400", "1.8e308"}) {
      SessionValueException refused =
          assertThrows(
              SessionValueException.class,
              () -> field("Number{0.0..}").requiredDouble(Map.of(NAME, wire)::get));
      assertEquals(
          "The session field auth-value (Number{0.0..}) has the value \""
              + wire
              + "\", which is beyond the greatest Number, 1.7976931348623157E308",
          refused.getMessage());
    }
    assertEquals(
        Double.MAX_VALUE,
        field("Number{0.0..}").requiredDouble(Map.of(NAME, "1.7976931348623157e308")::get));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', textBlock = "String,%FF\nString{2..3},a\nObject,[]\nBoolean,1")
  void aWrongTextIsRefused(String type, String wire) {
    assertThrows(
        SessionValueException.class, () -> field(type).requiredString(Map.of(NAME, wire)::get));
  }

  @Test
  void valuesAreWrittenInTheWireForm() {
    assertEquals("Zo%C3%AB", field("String").encode("Zoë"));
    assertEquals("42", field("Number").encode(42));
    assertEquals("0.5", field("Number{0.0-1.0}").encode(0.5));
    assertEquals("true", field("Boolean").encode(true));
  }

  @Test
  void whatBreaksTheDeclarationIsNotWritten() {
    assertThrows(SessionValueException.class, () -> field("String{2..3}").encode("a"));
    assertThrows(SessionValueException.class, () -> field("Number{1-3}").encode(4));
    assertThrows(SessionValueException.class, () -> field("Number{0.0..}").encode(Double.NaN));
    assertThrows(SessionValueException.class, () -> field("Number").encode(0.5));
    assertThrows(SessionValueException.class, () -> field("Boolean").encode("yes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void aBlankValueIsNotWrittenBecauseItWouldRemoveTheField(String blank) {
    assertThrows(SessionValueException.class, () -> field("String").encode(blank));
  }

  @Test
  void theNameIsAskedForAsItsOwnerSpellsIt() {
    assertEquals("auth-userId", SessionField.of("auth-userId", "String").name());
    assertEquals(
        "1",
        SessionField.of("auth-userId", "String")
            .requiredString(name -> name.equals("auth-userId") ? "1" : null));
  }
}
