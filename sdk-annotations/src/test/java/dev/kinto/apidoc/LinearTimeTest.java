package dev.kinto.apidoc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No text takes more than time in proportion to its length. Eight times the length may take {@value
 * #GREATEST_GROWTH} times the time: a parser that is linear takes 8 times as long, on whatever
 * machine, and one that is quadratic 64 times. What is counted is the thread's own CPU time, the
 * least of several runs.
 */
class LinearTimeTest {
  private static final int SHORT = 50_000;
  private static final int LONG = 8 * SHORT;
  private static final int GREATEST_GROWTH = 30;

  /** Shorter times are not told apart from the noise; nothing quadratic is as short. */
  private static final long NOISE_NANOS = 3_000_000;

  private static final int WARM_UPS = 3;
  private static final int ATTEMPTS = 5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static Map<String, Consumer<String>> parsers() {
    Map<String, Consumer<String>> parsers = new LinkedHashMap<>();
    for (String start : new String[] {"", "@api {get} ", "@apiHeader ", "@apiHeader {a} [a=\""}) {
      parsers.put("comment " + start, text -> AnyText.asComment(start + text));
    }
    parsers.put("source", LinearTimeTest::source);
    parsers.put("name", AnyText::asName);
    parsers.put("path", text -> AnyText.asPath("/" + text));
    parsers.put("type", text -> AnyText.asType("String" + text));
    parsers.put("value", AnyText::asValue);
    return parsers;
  }

  private static void source(String text) {
    var lines = SourceFile.lines(text);
    for (CommentSyntax syntax : Set.copyOf(CommentSyntax.BY_ENDING.values())) {
      UnreadTags.in("x", lines, syntax.commentsIn(lines));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "{",
        "[",
        "\"",
        "=",
        "='",
        "[a=",
        "{a='",
        " ",
        "\n",
        "@",
        "\n@api",
        "\n@apiHeader {a} b",
        "\n@apiHeader (Session) {String} auth-a",
        "\n@apiHeader [",
        "\n@apiParam (Url) abcdef",
        "\n@apiSuccess (a b c) x",
        "\n@apiVersion 1.2.3",
        "\n@apiSuccessExample {a} b\n  c",
        "/{a}",
        ":",
        "/:a",
        "a",
        "\n@apix",
        "*",
        "\r\n * ",
        "/**",
        "\n/**",
        "\n\"\"\"",
        "\n#",
        "\n=begin",
        "#**\n#*",
        "{@api",
        "{ %}",
        "--[[ ]]",
        ";;;; @api ;;;;",
        "x @apiParam"
      })
  void eightTimesTheTextTakesAboutEightTimesTheTime(String piece) {
    parsers().forEach((name, parser) -> checkGrowth(name, parser, piece));
  }

  private static void checkGrowth(String name, Consumer<String> parser, String piece) {
    String small = piece.repeat(SHORT / piece.length());
    String large = piece.repeat(LONG / piece.length());
    for (int i = 0; i < WARM_UPS; i++) {
      nanos(parser, small);
    }
    long shortest = nanos(parser, small);
    long longest = nanos(parser, large);
    for (int i = 1; i < ATTEMPTS && grows(shortest, longest); i++) {
      shortest = Math.min(shortest, nanos(parser, small));
      longest = Math.min(longest, nanos(parser, large));
    }
    assertTrue(
        !grows(shortest, longest),
        "%s of \"%s\": %d ns for %d characters, %d ns for %d"
            .formatted(name, piece, shortest, SHORT, longest, LONG));
  }

  private static boolean grows(long shortest, long longest) {
    return longest > GREATEST_GROWTH * Math.max(shortest, NOISE_NANOS);
  }

  private static long nanos(Consumer<String> parser, String text) {
    long start = THREADS.getCurrentThreadCpuTime();
    parser.accept(text);
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
