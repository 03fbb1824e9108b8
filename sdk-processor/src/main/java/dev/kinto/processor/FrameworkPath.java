package dev.kinto.processor;

import dev.kinto.manifest.PathTemplate;
import java.util.Optional;
import java.util.Set;

/**
 * Translates the path of a handler from its framework's notation to a path template (contract C11,
 * C15). A regular expression is dropped, since the framework goes on checking it; one that takes
 * everything makes the parameter the rest of the path. What matches parts of a segment, may be
 * absent, or may hold some slashes, is no template.
 */
final class FrameworkPath {
  private static final Set<String> WHOLE = Set.of(".*", ".+");

  private final Framework framework;

  FrameworkPath(Framework framework) {
    this.framework = framework;
  }

  /** The path of a handler below its class's; none if no template says it. */
  Optional<String> translate(String prefix, String path) {
    String joined = join(prefix, path);
    // Elsewhere a slash at the end matches as well as none.
    String address = framework.isSpring() ? joined : joined.replaceFirst("/$", "");
    return segments(address.isEmpty() ? "/" : address).filter(FrameworkPath::isTemplate);
  }

  /** The path as the author wrote it, below its prefix. */
  static String join(String prefix, String path) {
    return (slashed(prefix) + slashed(path)).replaceAll("/{2,}", "/");
  }

  private static String slashed(String path) {
    return path.isEmpty() || path.startsWith("/") || path.startsWith("{?") ? path : "/" + path;
  }

  private Optional<String> segments(String path) {
    StringBuilder template = new StringBuilder();
    int at = 0;
    while (at < path.length()) {
      int end = path.charAt(at) == '{' ? closing(path, at) : literalEnd(path, at);
      String part = path.substring(at, end);
      if (part.startsWith("{")) {
        if (mayHoldSlashes(part)) {
          return Optional.empty();
        }
        template.append(part.startsWith("{?") || part.startsWith("{&") ? "" : parameter(part));
      } else if (framework.isSpring() && part.endsWith("/**") && end == path.length()) {
        template.append(part, 0, part.length() - 2).append("{rest*}");
      } else if (part.indexOf('*') >= 0) {
        return Optional.empty();
      } else {
        template.append(part);
      }
      at = end;
    }
    return Optional.of(template.toString());
  }

  private static int literalEnd(String path, int start) {
    int brace = path.indexOf('{', start);
    return brace < 0 ? path.length() : brace;
  }

  /** Behind the brace that closes one: a regular expression has its own. */
  private static int closing(String path, int start) {
    int depth = 0;
    for (int at = start; at < path.length(); at++) {
      char c = path.charAt(at);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return at + 1;
      }
    }
    return path.length();
  }

  /** Spring's expressions are held against one segment each. */
  private boolean mayHoldSlashes(String part) {
    int colon = part.indexOf(':');
    if (framework.isSpring() || colon < 0 || !part.endsWith("}")) {
      return false;
    }
    String expression = part.substring(colon + 1, part.length() - 1).strip();
    return !WHOLE.contains(expression) && SegmentExpression.mayMatchSlash(expression);
  }

  private String parameter(String part) {
    String inner =
        part.substring(1, part.endsWith("}") ? part.length() - 1 : part.length()).strip();
    int colon = inner.indexOf(':');
    String name = (colon < 0 ? inner : inner.substring(0, colon)).strip();
    String expression = colon < 0 ? "" : inner.substring(colon + 1).strip();
    boolean rest = framework.isSpring() ? name.startsWith("*") : name.startsWith("+");
    boolean spans = !framework.isSpring() && WHOLE.contains(expression);
    return "{" + (rest ? name.substring(1) : name) + (rest || spans ? "*}" : "}");
  }

  private static boolean isTemplate(String path) {
    try {
      PathTemplate.parse(path);
      return true;
    } catch (IllegalArgumentException noTemplate) {
      return false;
    }
  }
}
