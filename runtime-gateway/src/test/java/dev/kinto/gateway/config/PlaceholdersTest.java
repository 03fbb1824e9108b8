package dev.kinto.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Placeholders in the configuration (contract C43). */
class PlaceholdersTest {
  private static final Map<String, String> VARIABLES =
      Map.of("A", "1", "B", "${A}", "EMPTY", "", "DOLLAR", "$", "OPEN", "${");

  private final Placeholders placeholders = new Placeholders(VARIABLES::get);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain | plain",
        "'' | ''",
        "$A | $A",
        "${A} | 1",
        "x${A}y${A}z | x1y1z",
        "${A}${A} | 11",
        "${UNSET:d} | d",
        "${UNSET:} | ''",
        "${A:d} | 1",
        "${EMPTY:d} | ''",
        "${UNSET:http://h:1} | http://h:1",
        "$${A} | ${A}",
        "${A}$${A}${A} | 1${A}1",
        "a$ | a$",
        "} | }",
      })
  void placeholdersAreReplaced(String text, String expanded) {
    assertEquals(expanded, placeholders.expand(text));
  }

  /** Expanded once: what a variable holds is never looked into again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"${B} | ${A}", "${DOLLAR}{A} | ${A}", "${OPEN}A} | ${A}", "${DOLLAR}${A} | $1"})
  void valuesAreNotExpandedAgain(String text, String expanded) {
    assertEquals(expanded, placeholders.expand(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${UNSET}", "${A", "${", "x${A}${A", "${}"})
  void whatIsUnsetOrUnclosedIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> placeholders.expand(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${A:${B}} | a default is a plain text",
        "${UNSET:${B}} | a default is a plain text",
        "${UNSET:x$${B}} | a default is a plain text",
        "${} | the name of an environment variable is wanted",
        "${:x} | the name of an environment variable is wanted",
        "${A B} | the name of an environment variable is wanted",
        "${1A:x} | the name of an environment variable is wanted",
        "${A | \"${\" lacks its \"}\""
      })
  void whatIsNoPlaceholderIsSaid(String text, String said) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> placeholders.expand(text));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @Test
  void theErrorNamesTheVariableAndNoValue() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Placeholders(Map.of("SECRET", "hunter2")::get).expand("${SECRET}${UNSET}"));
    assertTrue(e.getMessage().contains("UNSET"), e.getMessage());
    assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
  }
}
