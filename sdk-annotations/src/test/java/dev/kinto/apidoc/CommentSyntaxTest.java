package dev.kinto.apidoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parts of a source are comments, and where they stand. */
class CommentSyntaxTest {

  private static List<SourceComment> comments(String file, String source) {
    return CommentSyntax.of(Path.of(file)).orElseThrow().commentsIn(SourceTree.lines(source));
  }

  private static List<String> texts(String file, String source) {
    return comments(file, source).stream().map(SourceComment::text).toList();
  }

  /** Every word of each comment, with the word that the source has at the place it claims. */
  private static void assertPlacesAreRight(String file, String source) {
    List<String> lines = SourceTree.lines(source);
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

  @Test
  void slashStarCommentsBeginTheirLine() {
    assertEquals(
        List.of("\n one\n   two\n three\n * four ", " five ", " six ", "\tseven\n\teight\n"),
        texts("a.js", JAVASCRIPT));
    assertPlacesAreRight("a.js", JAVASCRIPT);
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
            " third",
            "one line",
            " fourth"),
        texts("a.py", PYTHON));
    assertPlacesAreRight("a.py", PYTHON);
  }

  @Test
  void rubyHasBlocksAtTheBeginningOfALine() {
    String source =
        "x\n=begin title\none\n  =end no\n=ending\n=end\n =begin\nno\n=begin\ntwo\n=end x\n";
    assertEquals(List.of(" title\none\n  =end no\n=ending", "\ntwo"), texts("a.rb", source));
    assertPlacesAreRight("a.rb", source);
  }

  @Test
  void rubyHasApidocsOwnFormToo() {
    String source =
        "x\n  #** one\n  # two\n    three\n  #*no\n  #\n  #*\n# no\n=begin\nfour\n=end\n#**\n";
    assertEquals(List.of(" one\n two\n    three\n*no\n", "\nfour"), texts("a.rb", source));
    assertPlacesAreRight("a.rb", source);
  }

  @ParameterizedTest
  @CsvSource({
    "a.ts, SlashStarComments", "A.java, SlashStarComments", "a.d.ts, SlashStarComments",
    "a.go, SlashStarComments", "a.php, SlashStarComments", "a.kt, SlashStarComments",
    "a.py, PythonComments", "a.rb, RubyComments"
  })
  void theEndingOfTheNameTellsTheLanguage(String file, String syntax) {
    assertEquals(
        Optional.of(syntax),
        CommentSyntax.of(Path.of("folder.rb", file))
            .map(found -> found.getClass().getSimpleName()));
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
