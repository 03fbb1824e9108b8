package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.manifest.FieldType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apidoc's types (contract C4). */
class FieldTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          String                     | String
          string                     | String
          NUMBER                     | Number
          Boolean                    | Boolean
          Object                     | Object
          String[]                   | String[]
          Number [ ]                 | -
          Object[]                   | Object[]
          String{2..5}               | String{2..5}
          String { 2..5 }            | String{2..5}
          String{..5}                | String{..5}
          String{2..}                | String{2..}
          String{2-5}                | String{2..5}
          Number{1-10}               | Number{1-10}
          Number{1..10}              | Number{1-10}
          Number{-5--1}              | Number{-5--1}
          Number{-5-10}              | Number{-5-10}
          Number{0.5-1.5}            | Number{0.5-1.5}
          Number{..10}               | Number{..10}
          String="free","pro"        | String="free","pro"
          String='free', 'pro'       | String="free","pro"
          String=free,pro            | String="free","pro"
          String="a,b","c"           | String="a,b","c"
          String='say "x"'           | String='say "x"'
          String=""                  | String=""
          String{1..4}="free","pro"  | String{1..4}="free","pro"
          Number=1,2,3               | Number=1,2,3
          Number="1","2"             | Number=1,2
          Boolean=true               | Boolean="true"
          Uuid                       | String
          """)
  void notationIsReadAndWrittenBack(String text, String canonical) {
    if (canonical.equals("-")) {
      assertThrows(IllegalArgumentException.class, () -> FieldType.parse(text));
      return;
    }
    FieldType type = FieldType.parse(text);
    assertEquals(canonical, type.toString());
    assertEquals(type, FieldType.parse(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{2..5}",
        "=a",
        "[]",
        "String{",
        "String{}",
        "String{2}",
        "Number{1-1e9}",
        "Number{1..1E999999999}",
        "String{..}",
        "String{a..b}",
        "String{5..2}",
        "Number{10-1}",
        "Boolean{1..2}",
        "Object{1..2}",
        "String[]{1..2}",
        "String=",
        "String=a,",
        "String=,a",
        "String=\"a",
        "String=\"a\"x",
        "String=\"a\" \"b\"",
        "String{1..2}x",
        "Number=one",
        "Number{1-3}=4",
        "Boolean=yes",
        "String{1..2}=\"abc\"",
        "Object=1",
        "String=a\"b'c",
        "Number{1e99999-2}"
      })
  void whatCannotBeReadIsRefusedWithAReason(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> FieldType.parse(text));
    assertFalse(refused.getMessage().isBlank());
  }

  @Test
  void exponentBeyondAllUseIsNoNumber() {
    for (String type : new String[] {"Number", "Number{1-10}", "Number=1,2"}) {
      assertTrue(FieldType.parse(type).mismatch("1e99999999999").isPresent());
    }
  }

  @Test
  void anUnknownNameIsAStringAndCanBeAskedFor() {
    assertEquals(Kind.STRING, FieldType.parse("Uuid").kind());
    assertFalse(FieldType.isKnown("Uuid"));
    assertFalse(FieldType.isKnown(""));
    assertTrue(FieldType.isKnown("string{1..2}"));
    assertTrue(FieldType.isKnown("Number[]"));
    assertTrue(FieldType.isKnown("Number=1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          String            | anything at all
          String{2..3}      | ab
          String{2..3}      | äöü
          String{1..1}      | 😀
          String="free"     | free
          Number            | 0
          Number            | -12.5e3
          Number{1-10}      | 10
          Number{1-10}      | 1.0
          Number=1,2        | 2.0
          Boolean           | true
          Boolean           | false
          Object            | {}
          Object            | {"a":[1,{"b":null}],"c":"\\u00e9"}
          String[]          | []
          String[]          | ["a", "b"]
          Number[]          | [1,2.5]
          Boolean[]         | [true,false]
          Object[]          | [{},{"a":1}]
          """)
  void valuesOfTheType(String type, String value) {
    assertEquals(Optional.empty(), FieldType.parse(type).mismatch(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          String{2..3}|a|has not a length of 2..3
          String{2..3}|abcd|has not a length of 2..3
          String{2..}|😀|has not a length of 2..
          String="free","pro"|Free|is not one of free, pro
          Number||is not a Number
          Number|-|is not a Number
          Number|1 |is not a Number
          Number| 1|is not a Number
          Number|01|is not a Number
          Number|+1|is not a Number
          Number|1.|is not a Number
          Number|NaN|is not a Number
          Number|0x1|is not a Number
          Number|١|is not a Number
          Number|1e999999999|is not a Number
          Number{0.0..}|1e400|is beyond the greatest Number, 1.7976931348623157E308
          Number{0.0..}|-1e400|is beyond the greatest Number, 1.7976931348623157E308
          Number{1-10}|0.99|is not in the range 1-10
          Number{1-10}|11|is not in the range 1-10
          Number=1,2|3|is not one of 1, 2
          Boolean|TRUE|is neither true nor false
          Boolean|1|is neither true nor false
          Object|[]|is not the JSON text of an Object
          Object|{"a":1|is not the JSON text of an Object
          Object|{"a":1,}|is not the JSON text of an Object
          Object|{"a":1}x|is not the JSON text of an Object
          Object|{"a":"\\u00٣e"}|is not the JSON text of an Object
          String[]|["a",1]|is not the JSON text of a String[]
          Number[]|1|is not the JSON text of a Number[]
          Boolean[]|[null]|is not the JSON text of a Boolean[]
          """)
  void valuesOfAnotherType(String type, String value, String mismatch) {
    assertEquals(Optional.of(mismatch), FieldType.parse(type).mismatch(value == null ? "" : value));
  }

  /** C13: readers have a Number without decimals as a long. */
  @ParameterizedTest
  @CsvSource({
    "Number, 1.5, false",
    "Number, 9223372036854775808, false",
    "Number, 9223372036854775807, true",
    "Number, -9223372036854775808, true",
    "Number, 1e3, true",
    "Number, 1.0, true",
    "Number{1-10}, 1.5, false",
    "Number{1.0-10.0}, 1.5, true",
    "'Number=1.5,2', 1.5, true",
    "Number[], '[1.5]', true",
    "String, 1.5, true",
  })
  void aNumberWithoutDecimalsIsSetWholeOnly(String type, String value, boolean good) {
    assertEquals(good, FieldType.parse(type).mismatchWhenSet(value).isEmpty());
  }

  @Test
  void aSizeCountsCodePointsNotChars() {
    assertEquals(Optional.empty(), FieldType.parse("String{3..3}").mismatch("😀😀😀"));
  }

  @Test
  void deepNestingIsRefusedBeforeTheStackEnds() {
    FieldType object = FieldType.parse("Object");
    assertTrue(object.mismatch("{\"a\":".repeat(100_000)).isPresent());
    assertTrue(FieldType.parse("Object[]").mismatch("[".repeat(100_000)).isPresent());
    assertTrue(object.mismatch("{\"a\":".repeat(50) + "1" + "}".repeat(50)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "Number, false",
    "Number{1-10}, false",
    "Number{0.5-1}, true",
    "Number{1-1.5}, true",
    "'Number=1,2.5', true",
    "'Number=1,2', false",
    "'String=\"1.5\"', false"
  })
  void aDecimalPointMakesADouble(String type, boolean decimal) {
    assertEquals(decimal, FieldType.parse(type).decimal());
  }

  @Test
  void theListIsCopied() {
    List<String> allowed = new ArrayList<>(List.of("a"));
    FieldType type = new FieldType(Kind.STRING, false, Optional.empty(), Optional.empty(), allowed);
    allowed.add("b");
    assertEquals(List.of("a"), type.allowedValues());
  }
}
