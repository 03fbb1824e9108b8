package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.manifest.PathTemplate.Kind;
import dev.kinto.manifest.PathTemplate.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shape of a path (contract C11). */
class PathTemplateTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/articles, /articles",
    "/articles/, /articles/",
    "/articles/{id}, /articles/{}",
    "/articles/{article-id}/x, /articles/{}/x",
    "/files/{path*}, /files/{*}",
    "/{a}/{b}/{c*}, /{}/{}/{*}",
    "/a%20b/c:d@e, /a%20b/c:d@e",
    "/a-._~!$&'()*+=, /a-._~!$&'()*+=",
    "/.../.x, /.../.x"
  })
  void pathsAndTheirShapes(String path, String shape) {
    PathTemplate template = PathTemplate.parse(path);
    assertEquals(shape, template.shape());
    assertEquals(path, template.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "articles",
        "http://x/",
        "//",
        "/a//b",
        "/{id",
        "/id}",
        "/{}",
        "/{*}",
        "/{1a}",
        "/a{b}",
        "/{a}b",
        "/{a b}",
        "/{a}/{a}",
        "/{a}/{a*}",
        "/{a*}/b",
        "/{a*}/",
        "/a;b",
        "/a?b",
        "/a#b",
        "/a\\b",
        "/a b",
        "/ä",
        "/%",
        "/%2",
        "/%zz",
        "/%\u0661\u0661",
        "/.",
        "/..",
        "/a/../b",
        "/a/./b",
        "/{id?}",
        "/{id*2}",
        "/a\"",
        "/a\n",
        "/[x]"
      })
  void otherShapesAreRefusedWithTheWholePath(String path) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PathTemplate.parse(path));
    assertTrue(refused.getMessage().contains(path), refused.getMessage());
  }

  @Test
  void segmentsKeepTheirKindAndName() {
    assertEquals(
        List.of(
            new Segment(Kind.LITERAL, "a"),
            new Segment(Kind.PARAMETER, "b"),
            new Segment(Kind.REST, "c")),
        PathTemplate.parse("/a/{b}/{c*}").segments());
    assertEquals(List.of("b", "c"), PathTemplate.parse("/a/{b}/{c*}").parameters());
  }

  @Test
  void aTrailingSlashIsALastEmptySegment() {
    assertEquals(
        List.of(new Segment(Kind.LITERAL, "a"), new Segment(Kind.LITERAL, "")),
        PathTemplate.parse("/a/").segments());
    assertEquals(List.of(new Segment(Kind.LITERAL, "")), PathTemplate.parse("/").segments());
  }

  @Test
  void aLiteralIsNoParameterOfTheSameShape() {
    assertEquals("/new", PathTemplate.parse("/new").shape());
    assertEquals(PathTemplate.parse("/{a}").shape(), PathTemplate.parse("/{b}").shape());
  }
}
