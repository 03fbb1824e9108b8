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
    assertEquals(expanded, placeholders.expand(text, false));
  }

  /** Expanded once: what a variable holds is never looked into again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"${B} | ${A}", "${DOLLAR}{A} | ${A}", "${OPEN}A} | ${A}", "${DOLLAR}${A} | $1"})
  void valuesAreNotExpandedAgain(String text, String expanded) {
    assertEquals(expanded, placeholders.expand(text, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${UNSET}", "${A", "${", "x${A}${A", "${}"})
  void whatIsUnsetOrUnclosedIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> placeholders.expand(text, false));
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
        assertThrows(IllegalArgumentException.class, () -> placeholders.expand(text, false));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @Test
  void theErrorNamesTheVariableAndNoValue() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Placeholders(Map.of("SECRET", "hunter2")::get)
                    .expand("${SECRET}${UNSET}", false));
    assertTrue(e.getMessage().contains("UNSET"), e.getMessage());
    assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
  }

  /** What a shell would understand, and what to write instead. */
  @ParameterizedTest
  @ValueSource(strings = {"${A:-x}", "${A:?gone}", "${A:+x}", "${A:=x}", "${UNSET:-}"})
  void aShellsFormsAreRefusedWithTheMend(String text) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> placeholders.expand(text, false))
            .getMessage();
    assertTrue(said.contains("is a shell's form. Here a default follows the colon"), said);
    assertTrue(said.contains(text.startsWith("${A") ? "${A:default}" : "${UNSET:default}"), said);
  }

  /** A default would be a secret in the file, and the same one everywhere. */
  @ParameterizedTest
  @ValueSource(strings = {"${UNSET}", "${UNSET:-hunter2}", "${UNSET:?hunter2}"})
  void noMessageSuggestsADefaultForASecret(String text) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> placeholders.expand(text, true))
            .getMessage();
    assertFalse(said.contains(":default") || said.contains("hunter2"), said);
  }
}
