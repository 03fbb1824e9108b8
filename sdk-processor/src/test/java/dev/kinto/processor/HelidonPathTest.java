package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kinto.manifest.PathTemplate;
import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Helidon matches what the template means (contract C11), held against Helidon itself. */
class HelidonPathTest {
  @ParameterizedTest
  @CsvSource({
    "/, /, true",
    "/articles, /articles, true",
    "/articles, /articles/, false",
    "/articles/, /articles/, true",
    "/articles/, /articles, false",
    "/articles/{id}, /articles/17, true",
    "/articles/{id}, /articles/, false",
    "/articles/{id}, /articles/17/x, false",
    "/articles/{id}/, /articles/17/, true",
    "/articles/{id}/text, /articles/a%20b/text, true",
    "/articles/{article-id}, /articles/17, true",
    "/files/{path*}, /files/a/b/c, true",
    "/files/{path*}, /files/a, true",
    "/files/{path*}, /files, false",
    "/files/{path*}, /files/, false",
    "/a*b, /a*b, true",
    "/a*b, /axb, false",
    "/a/*, /a/*, true",
    "/a/*, /a/b, false",
    "/a.b/{id}, /a.b/1, true",
    "/a.b/{id}, /axb/1, false",
    "/a+(b)$/{id}, /a+(b)$/1, true",
    "/caf%C3%A9, /caf%C3%A9, true",
    "/caf%C3%A9/{id}, /caf%C3%A9/1, true",
    "/a%7Bb%7D/{id}, /a%7Bb%7D/1, true",
    "/a+b, /a+b, true",
  })
  void matchesLikeTheTemplate(String template, String path, boolean matches) {
    PathMatcher matcher = PathMatchers.create(HelidonPath.of(PathTemplate.parse(template)));
    assertEquals(matches, matcher.match(UriPath.create(path)).accepted());
  }

  @Test
  void literalsComeBeforeParametersAndThoseBeforeTheRest() {
    List<String> sorted =
        Stream.of("/{x*}", "/a/{x*}", "/a/{x}", "/a/b", "/{x}/b", "/", "/{x}", "/a/{x}/b")
            .map(PathTemplate::parse)
            .sorted(HelidonPath.ORDER)
            .map(PathTemplate::text)
            .toList();
    assertEquals(
        List.of("/", "/a/b", "/a/{x}", "/a/{x}/b", "/a/{x*}", "/{x}", "/{x}/b", "/{x*}"), sorted);
  }
}
