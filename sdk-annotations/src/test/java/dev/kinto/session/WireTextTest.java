package dev.kinto.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire form of a value (contract C5). */
class WireTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          plain|plain
          two words|two words
          {"a":[1,2]}|{"a":[1,2]}
          100%|100%25
          %41|%2541
          Zoë|Zo%C3%AB
          😀|%F0%9F%98%80
          ~|~
          """)
  void onlyWhatMustBeIsEncoded(String text, String wire) {
    assertEquals(wire, WireText.encode(text));
    assertEquals(Optional.of(text), WireText.decode(wire));
  }

  @Test
  void spacesAreEncodedWhereTheyWouldBeTrimmed() {
    assertEquals("%20outer and inner%20", WireText.encode(" outer and inner "));
    assertEquals("%20 %20", WireText.encode("   "));
    assertEquals(Optional.of("   "), WireText.decode("%20 %20"));
  }

  @Test
  void controlCharactersAreEncoded() {
    assertEquals("a%0D%0Ab%00%7F%09", WireText.encode("a\r\nb\0\u007F\t"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          %,%
          100%,100%
          %4,%4
          %zz,%zz
          %%41,%A
          %4%41,%4A
          a%2,a%2
          %c3%ab,ë
          %C3%aB,ë
          %41%42,AB
          +,+
          """)
  void aPercentSignWithoutTwoHexDigitsStandsForItself(String wire, String text) {
    assertEquals(Optional.of(text), WireText.decode(wire));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%FF", "%C3", "%C3x", "%80", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "a%E2%82"})
  void whatIsNotUtf8HasNoText(String wire) {
    assertEquals(Optional.empty(), WireText.decode(wire));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zoë", "a\tb", "a\u0000", "\u007F", "%41ë", "a\nb"})
  void whatIsNotPrintableAsciiHasNoText(String wire) {
    assertEquals(Optional.empty(), WireText.decode(wire));
  }

  @Test
  void everyTextComesBack() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);
      String wire = WireText.encode(text);
      assertTrue(wire.chars().allMatch(c -> c >= 0x20 && c <= 0x7E), wire);
      assertEquals(wire.strip(), wire);
      assertEquals(Optional.of(text), WireText.decode(wire), wire);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      int bits = 4 + random.nextInt(17);
      int codePoint = random.nextInt(Math.min(1 << bits, Character.MAX_CODE_POINT + 1));
      boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
      text.appendCodePoint(surrogate ? '%' : codePoint);
    }
    return text.toString();
  }
}
