package dev.kinto.apidoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import dev.kinto.manifest.Version;
import dev.kinto.session.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is true of any text whatever, for each parser that may be given it. */
final class AnyText {
  private static final List<FieldType> TYPES =
      List.of(
          FieldType.parse("String{1..3}"),
          FieldType.parse("Number{1-10}"),
          FieldType.parse("Number=1,2"),
          FieldType.parse("Boolean"),
          FieldType.parse("Object"),
          FieldType.parse("Number[]"));

  private AnyText() {}

  /** A name is refused with words, or is its own spelling; folding it twice changes nothing. */
  static void asName(String text) {
    refusesAtMost(() -> assertEquals(text, new FieldName(text).spelling()));
    refusesAtMost(() -> assertEquals(text, new MicroserviceName(text).value()));
    assertEquals(FieldName.fold(text), FieldName.fold(FieldName.fold(text)));
    assertNotNull(Version.parse(text));
  }

  /** A path is refused with words, or is written as it was. */
  static void asPath(String text) {
    refusesAtMost(
        () -> {
          PathTemplate path = PathTemplate.parse(text);
          assertEquals(text, path.toString());
          assertTrue(path.shape().startsWith("/"), text);
        });
  }

  /** A type is refused with words, or is written so that it is read again. */
  static void asType(String text) {
    refusesAtMost(
        () -> {
          String written = FieldType.parse(text).toString();
          assertEquals(written, FieldType.parse(written).toString(), text);
        });
  }

  /** A value is of a type or not; what is encoded is decoded to what it was. */
  static void asValue(String text) {
    TYPES.forEach(type -> assertNotNull(type.mismatchWhenSet(text)));
    assertNotNull(WireText.decode(text));
    Optional<String> decoded = WireText.decode(WireText.encode(text));
    // A half of a surrogate pair is no character: encoding puts "?" in its place.
    boolean characters = text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    assertTrue(!characters || decoded.equals(Optional.of(text)), text);
  }

  /** A comment never throws, and the place of each mistake exists. */
  static void asComment(String text) {
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
        .routes()
        .forEach(
            route -> {
              Position nowhere = new SourcePosition("x", 1, 1);
              for (Mistake mistake :
                  Contract.of(new Text("auth", nowhere), List.of(route)).mistakes()) {
                assertNotNull(mistake.toString());
              }
            });
  }

  /** Sources never throw, and each character of a comment is where it claims to be. */
  static void asSource(String text) {
    List<String> lines = SourceFile.lines(text);
    Definitions definitions = new Definitions();
    List<ParsedComment> comments = new ArrayList<>();
    for (CommentSyntax syntax : Set.copyOf(CommentSyntax.BY_ENDING.values())) {
      for (SourceComment comment : syntax.commentsIn(lines)) {
        PlacedText placed = new PlacedText(comment.text(), comment.in("x"));
        ParsedComment parsed = new CommentParser(placed, true).parse();
        parsed.defines().ifPresent(name -> definitions.add(name, parsed));
        comments.add(parsed);
        for (int at = 0; at < placed.length(); at++) {
          if (placed.charAt(at) != '\n') {
            SourcePosition place = (SourcePosition) placed.at(at);
            char there = lines.get(place.line() - 1).charAt(place.column() - 1);
            assertEquals(placed.charAt(at), there, text);
          }
        }
      }
    }
    comments.forEach(comment -> assertNotNull(definitions.complete(comment)));
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
}
