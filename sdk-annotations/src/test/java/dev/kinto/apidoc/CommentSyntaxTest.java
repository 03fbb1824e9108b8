package dev.kinto.apidoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of a source are comments, and where they stand. */
class CommentSyntaxTest {

  private static List<SourceComment> comments(String file, String source) {
    return CommentSyntax.of(Path.of(file)).orElseThrow().commentsIn(SourceFile.lines(source));
  }

  private static List<String> texts(String file, String source) {
    return comments(file, source).stream().map(SourceComment::text).toList();
  }

  /** Every word of each comment, with the word that the source has at the place it claims. */
  private static void assertPlacesAreRight(String file, String source) {
    List<String> lines = SourceFile.lines(source);
    for (SourceComment comment : comments(file, source)) {
      PlacedText text = new PlacedText(comment.text(), comment.in(file));
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) != '\n') {
          SourcePosition at = (SourcePosition) text.at(i);
          assertEquals(text.charAt(i), lines.get(at.line() - 1).charAt(at.column() - 1));
        }
      }
    }
  }

  private static final String JAVASCRIPT =
      """
      /**
       * one
       *   two
       three
       * * four **/
      const glob = 'src/**/*.js'; // */
        /** five */ code(); /** passed over */
      /* no
      /** doc */
      /**/ code(); /*/
      // /** no
      /***** six *****/
      const s = `
        a /** no */`;
      \t/**\tseven
      \t\t*\teight
      \t*/
      /** never ends
      """;

  /** As in the apidoc tool, wherever the marks stand: what a glob begins ends with a comment. */
  @Test
  void slashStarCommentsAreWhatTheToolTakesForThem() {
    assertEquals(
        List.of(
            "\n one\n   two\n three\n * four ",
            "/*.js'; // ",
            " five ",
            " passed over ",
            " doc ",
            "/ code(); /",
            " six ",
            " no ",
            "\tseven\n\teight\n"),
        texts("a.js", JAVASCRIPT));
    assertPlacesAreRight("a.js", JAVASCRIPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<?php /** @api {get} /a A */",
        "f(); /** b */ g(); /** @api {get} /a A */",
        "glob('src/**'); /** @api {get} /a A */",
        "// /** @api {get} /a A */",
        "/**/ f(); /** @api {get} /a A */",
        "x = '/** @api {get} /a A */';"
      })
  void theCommentOfATagBeginsAtTheLastMarkBeforeIt(String line) {
    String source = "// first\n" + line + "\n/** other */\n";
    assertTrue(
        texts("a.php", source).contains(" @api {get} /a A "), texts("a.php", source)::toString);
    assertPlacesAreRight("a.php", source);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          coffee,    `###\n@api {get} /a A\n\t@apiName a\n###`
          litcoffee, `### @api {get} /a A\n@apiName a\n###`
          lua,       `--[[\n@api {get} /a A\n * @apiName a\n--]]`
          clj,       `;;;;\n;; @api {get} /a A\n;; @apiName a\n;;;;`
          erl,       `%{\n% @api {get} /a A\n% @apiName a\n%}`
          ex,        `x = {1} #{\n# @api {get} /a A\n# @apiName a\n#}`
          exs,       `# {\n# @api {get} /a A\n# @apiName a\n# }`
          pl,        `=pod\n@api {get} /a A\n@apiName a\n=cut`
          pm,        `#**\n# @api {get} /a A\n# @apiName a\n#*`
          rb,        `x #**\n# @api {get} /a A\n# @apiName a\n#*`
          rb,        `=begin\n@api {get} /a A\n@apiName a\n=end`
          py,        `x = \"\"\"\n@api {get} /a A\n@apiName a\n\"\"\"`
          PHP,       `<?php /**\n * * @api {get} /a A\n ** @apiName a\n */`
          """)
  void allLanguagesOfTheToolAreRead(String ending, String source) {
    String text = source.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"");
    List<ApidocComment> found =
        texts("a." + ending, text).stream()
            .map(comment -> ApidocComment.parse(comment, (l, c) -> new SourcePosition("a", l, c)))
            .filter(comment -> !comment.addresses().isEmpty())
            .toList();
    assertEquals(1, found.size(), texts("a." + ending, text)::toString);
    assertEquals("/a", found.get(0).routes().get(0).path().value());
    assertEquals("a", found.get(0).name().orElseThrow().value());
    assertPlacesAreRight("a." + ending, text);
  }

  private static final String PYTHON =
      """
      #!/usr/bin/env python
      # first
      ## second

      '''module
      docstring'''
      x = "no # no"; y = '\\'\"""'
      def f():
          r\"""
          raw \\\""" still
            deep
          \"""
          z = \"""not
          a docstring
          \"""; w = 1  # at the end
          # third
          \"""one line\"""
          pass
      s = 'it''s'
      # fourth
      """;

  @Test
  void pythonHasDocstringsAndBlocks() {
    assertEquals(
        List.of(
            "!/usr/bin/env python\n first\n second",
            "module\ndocstring",
            "\n    raw \\\"\"\" still\n      deep\n    ",
            "not\n    a docstring\n    ",
            " third",
            "one line",
            " fourth"),
        texts("a.py", PYTHON));
    assertPlacesAreRight("a.py", PYTHON);
  }

  @ParameterizedTest
  @CsvSource({"README.md", "js", "a.json", "a.min", "Makefile", ".js.swp"})
  void otherFilesHoldNoComments(String file) {
    assertEquals(file.equals("js"), CommentSyntax.of(Path.of(file)).isPresent());
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreNoPartOfALine() {
    assertEquals(List.of(" a\n b "), texts("a.js", "\uFEFF/** a\r\n * b */\r\n"));
  }
}
