package dev.kinto.processor;

import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.PathTemplate.Kind;
import dev.kinto.manifest.PathTemplate.Segment;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A path template in the notation of Helidon's {@code PathMatchers} (contract C11, C14).
 *
 * <p>Helidon takes a path without special characters as it is, and decodes it; any other becomes a
 * regular expression that is held against the decoded path.
 */
final class HelidonPath {
  /**
   * The order in which templates are registered, since Helidon takes the first that matches: from
   * the left, a literal before {@code {x}}, that before {@code {x*}}.
   */
  static final Comparator<PathTemplate> ORDER = HelidonPath::compare;

  private HelidonPath() {}

  static String of(PathTemplate template) {
    boolean plain =
        template.segments().stream()
            .allMatch(part -> part.kind() == Kind.LITERAL && part.text().indexOf('*') < 0);
    // Helidon takes the plus sign of a plain path for a space, in patterns and requests not.
    return plain
        ? template.text().replace("+", "%2B")
        : template.segments().stream()
            .map(HelidonPath::segment)
            .collect(Collectors.joining("/", "/", ""));
  }

  private static String segment(Segment segment) {
    return switch (segment.kind()) {
      case PARAMETER -> "{" + segment.text() + "}";
      case REST -> "{+" + segment.text() + "}";
      case LITERAL -> escaped(decoded(segment.text()));
    };
  }

  private static String decoded(String literal) {
    return URLDecoder.decode(literal.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String escaped(String literal) {
    return literal.replaceAll("[\\\\*{}\\[\\]]", "\\\\$0");
  }

  private static int compare(PathTemplate one, PathTemplate other) {
    List<Segment> left = one.segments();
    List<Segment> right = other.segments();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int byKind = left.get(i).kind().compareTo(right.get(i).kind());
      if (byKind != 0) {
        return byKind;
      }
    }
    return one.text().compareTo(other.text());
  }
}
