package dev.kinto.apidoc;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written, everything that parses either refuses it with an {@link
 * IllegalArgumentException}, where it says so, or reads it. The texts come from a generator that
 * knows the grammars; its seed is fixed, so that a failure comes again. For other texts, each test
 * for as long as one likes:
 *
 * <pre>
 * mvn verify -pl sdk-annotations -Dtest=HostileTextTest -Dkinto.fuzz=PT5M
 * </pre>
 */
class HostileTextTest {
  private static final int INPUTS = 100_000;

  /** How long each test goes on after that, with new seeds. */
  private static final Duration LONGER =
      Duration.parse(System.getProperty("kinto.fuzz", Duration.ZERO.toString()));

  /** Pieces that the grammars know, so that the inputs get far. */
  private static final List<String> PIECES =
      List.of(
          "@api ",
          "@apiHeader ",
          "@apiSuccess ",
          "@apiName ",
          "@apiUse ",
          "@apiDefine ",
          "@apiDescription ",
          "{get}",
          "{post} ",
          "/a",
          "/:id",
          "/{x*}",
          "(Session) ",
          "(Config)",
          "{String}",
          "[String] ",
          "{Number{1-10}}",
          "{String=\"a\",'b'}",
          "auth-userId",
          "[auth-x=",
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          "=",
          "\"",
          "'",
          ",",
          "..",
          "-",
          "*",
          ":",
          "/",
          "\\",
          "%",
          "%C3",
          "%A",
          " ",
          "  ",
          "\n",
          "\r\n",
          "\t",
          "\u0000",
          "\u00e4",
          "\ud83d\ude00",
          "\ud800",
          "\u2028",
          "1",
          "0.5",
          "1e99",
          "true",
          "/**",
          "*/",
          "\"\"\"",
          "'''",
          "#",
          "=begin",
          "=end",
          "String",
          "Object",
          "Boolean[]",
          "x",
          "@");

  private static String input(Random random) {
    StringBuilder text = new StringBuilder();
    for (int pieces = random.nextInt(14); pieces > 0; pieces--) {
      text.append(
          random.nextInt(8) == 0
              ? String.valueOf((char) random.nextInt(0x250))
              : PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static void each(long seed, Consumer<String> check) {
    check(seed, INPUTS, check);
    long end = System.nanoTime() + LONGER.toNanos();
    while (System.nanoTime() < end) {
      check(System.nanoTime(), 1_000, check);
    }
  }

  private static void check(long seed, int inputs, Consumer<String> check) {
    Random random = new Random(seed);
    for (int i = 0; i < inputs; i++) {
      String text = input(random);
      try {
        check.accept(text);
      } catch (RuntimeException | Error broken) {
        throw new AssertionError("seed " + seed + ", text " + i + ": " + text, broken);
      }
    }
  }

  @Test
  void namesPathsAndValuesAreRefusedOnlyAsTheySay() {
    each(
        20261101,
        text -> {
          AnyText.asName(text);
          AnyText.asPath(text);
          AnyText.asPath("/" + text);
          AnyText.asValue(text);
        });
  }

  @Test
  void aTypeThatWasReadIsWrittenSoThatItIsReadAgain() {
    each(20261102, text -> AnyText.asType("String" + text));
    each(20261105, AnyText::asType);
  }

  @Test
  void commentsNeverThrowAndTheirPlacesExist() {
    each(20261103, AnyText::asComment);
  }

  @Test
  void sourcesNeverThrowAndEachCharacterIsWhereItClaims() {
    each(20261104, AnyText::asSource);
  }
}
