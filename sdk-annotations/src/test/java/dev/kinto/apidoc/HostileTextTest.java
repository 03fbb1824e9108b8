package dev.kinto.apidoc;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.declaration.Contract;
import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Position;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.session.WireText;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is written, everything that parses either refuses it with an {@link
 * IllegalArgumentException}, where it says so, or reads it; and in a time in proportion to its
 * length. The seed is fixed: a failure comes again.
 */
class HostileTextTest {
  private static final int INPUTS = 100_000;
  private static final Duration ENOUGH = Duration.ofSeconds(60);

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

  @Test
  void valuesAreRefusedOnlyAsTheySay() {
    Random random = new Random(20261101);
    FieldType[] types = {
      FieldType.parse("String{1..3}"), FieldType.parse("Number{1-10}"),
          FieldType.parse("Number=1,2"),
      FieldType.parse("Boolean"), FieldType.parse("Object"), FieldType.parse("Number[]")
    };
    assertTimeoutPreemptively(
        ENOUGH,
        () -> {
          for (int i = 0; i < INPUTS; i++) {
            String text = input(random);
            refusesAtMost(() -> new FieldName(text));
            refusesAtMost(() -> new MicroserviceName(text));
            refusesAtMost(() -> PathTemplate.parse(text));
            refusesAtMost(() -> assertNotNull(FieldType.parse(FieldType.parse(text).toString())));
            assertNotNull(WireText.decode(text));
            types[i % types.length].mismatch(text);
          }
        });
  }

  @Test
  void aTypeThatWasReadIsWrittenSoThatItIsReadAgain() {
    Random random = new Random(20261102);
    for (int i = 0; i < INPUTS; i++) {
      String text = "String" + input(random);
      FieldType type;
      try {
        type = FieldType.parse(text);
      } catch (IllegalArgumentException refused) {
        continue;
      }
      String written = type.toString();
      assertTrue(written.equals(FieldType.parse(written).toString()), () -> text + " > " + written);
    }
  }

  private static void refusesAtMost(Runnable parsing) {
    try {
      parsing.run();
    } catch (NumberFormatException leaked) {
      throw new AssertionError("no message for people", leaked);
    } catch (IllegalArgumentException refused) {
      assertNotNull(refused.getMessage());
    }
  }

  @Test
  void commentsNeverThrowAndTheirPlacesExist() {
    Random random = new Random(20261103);
    assertTimeoutPreemptively(
        ENOUGH,
        () -> {
          for (int i = 0; i < INPUTS; i++) {
            check(input(random));
          }
        });
  }

  private static void check(String text) {
    String[] lines = text.split("\n", -1);
    ApidocComment comment =
        ApidocComment.parse(
            text,
            (line, column) -> {
              assertTrue(line >= 1 && line <= lines.length, text);
              assertTrue(column >= 1 && column <= lines[line - 1].length() + 1, text);
              return new SourcePosition("x", line, column);
            });
    for (FieldDeclaration field : comment.fields().stream().toList()) {
      assertTrue(!field.field().value().isEmpty() && !field.type().value().isEmpty(), text);
    }
    comment
        .route()
        .ifPresent(
            route -> {
              Position nowhere = new SourcePosition("x", 1, 1);
              for (Mistake mistake :
                  Contract.of(new Text("auth", nowhere), List.of(route)).mistakes()) {
                assertNotNull(mistake.toString());
              }
            });
  }

  @Test
  void sourcesNeverThrowAndEachCharacterIsWhereItClaims() {
    Random random = new Random(20261104);
    List<CommentSyntax> syntaxes =
        List.of(new SlashStarComments(), new PythonComments(), new RubyComments());
    for (int i = 0; i < INPUTS; i++) {
      List<String> lines = SourceTree.lines(input(random) + "\n" + input(random));
      for (SourceComment comment : syntaxes.get(i % syntaxes.size()).commentsIn(lines)) {
        PlacedText text = new PlacedText(comment.text(), comment.in("x"));
        for (int at = 0; at < text.length(); at++) {
          if (text.charAt(at) != '\n') {
            SourcePosition place = (SourcePosition) text.at(at);
            char there = lines.get(place.line() - 1).charAt(place.column() - 1);
            assertTrue(there == text.charAt(at), () -> lines.toString());
          }
        }
      }
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
        "\n=begin"
      })
  void longTextsTakeNoLongerThanTheirLength(String piece) {
    String repeated = piece.repeat(400_000 / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String start :
              List.of("", "@api {get} ", "@apiHeader ", "@apiHeader {String} [a=\"")) {
            check(start + repeated);
          }
          List<String> lines = SourceTree.lines(repeated);
          new SlashStarComments().commentsIn(lines);
          new PythonComments().commentsIn(lines);
          new RubyComments().commentsIn(lines);
          refusesAtMost(() -> FieldType.parse("String" + repeated));
          refusesAtMost(() -> PathTemplate.parse("/" + repeated));
        });
  }
}
