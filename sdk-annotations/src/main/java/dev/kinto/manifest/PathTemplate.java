package dev.kinto.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The path of a route below its microservice, for instance {@code /articles/{id}} (contract C11).
 *
 * <p>{@code {x}} stands for one non-empty segment, {@code {x*}}, which must come last, for the rest
 * of the path, at least one segment. Everything else is compared with the raw path, byte for byte.
 * A trailing slash counts: it is a last, empty literal segment.
 *
 * @param text the template as written, beginning with {@code /}
 * @param segments the parts between the slashes; one empty literal for {@code /}
 */
public record PathTemplate(String text, List<Segment> segments) {

  /** A path is walked segment by segment; no real one is longer. */
  private static final int MAX_SEGMENTS = 128;

  /** What one segment of a template stands for. */
  public enum Kind {
    /** Itself. */
    LITERAL,
    /** Any one non-empty segment. */
    PARAMETER,
    /** All the segments that follow, at least one. */
    REST
  }

  /**
   * One segment.
   *
   * @param kind what it stands for
   * @param text the literal, or the name of the parameter without braces and star
   */
  public record Segment(Kind kind, String text) {}

  /** Copies the list. */
  public PathTemplate {
    segments = List.copyOf(segments);
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException that says what was found and what is allowed
   */
  public static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("A path begins with \"/\". Found: \"" + text + "\"");
    }
    String[] parts = text.substring(1).split("/", -1);
    if (parts.length > MAX_SEGMENTS) {
      throw new IllegalArgumentException(
          "A path has at most " + MAX_SEGMENTS + " segments. Found " + parts.length);
    }
    List<Segment> segments = new ArrayList<>(parts.length);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (parts[i].isEmpty() && !last) {
        throw new IllegalArgumentException("A path has no empty segment. Found: \"" + text + "\"");
      }
      Segment segment = parseSegment(parts[i], text);
      if (segment.kind() == Kind.REST && !last) {
        throw new IllegalArgumentException(
            "{"
                + segment.text()
                + "*} stands for the rest of the path and must be last. Found: \""
                + text
                + "\"");
      }
      if (segment.kind() != Kind.LITERAL && !names.add(segment.text())) {
        throw new IllegalArgumentException(
            "Each parameter of a path has a name of its own. Found {"
                + segment.text()
                + "} twice in: \""
                + text
                + "\"");
      }
      segments.add(segment);
    }
    return new PathTemplate(text, segments);
  }

  private static Segment parseSegment(String part, String whole) {
    if (part.startsWith("{") && part.endsWith("}") && part.length() > 2) {
      boolean rest = part.endsWith("*}");
      String name = part.substring(1, part.length() - (rest ? 2 : 1));
      if (isIdentifier(name)) {
        return new Segment(rest ? Kind.REST : Kind.PARAMETER, name);
      }
    }
    for (int i = 0; i < part.length(); i++) {
      if (!isPathCharacter(part, i)) {
        throw new IllegalArgumentException(
            "A segment of a path is {name}, {name*} or literal characters of a URL path. Found: \""
                + part
                + "\" in \""
                + whole
                + "\"");
      }
    }
    if (part.equals(".") || part.equals("..")) {
      throw new IllegalArgumentException("A path has no dot segments. Found: \"" + whole + "\"");
    }
    return new Segment(Kind.LITERAL, part);
  }

  private static boolean isIdentifier(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digitOrDash = (c >= '0' && c <= '9') || c == '-';
      if (!letter && (i == 0 || !digitOrDash)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** pchar of RFC 3986, section 3.3, without the semicolon that C21 refuses. */
  private static boolean isPathCharacter(String part, int i) {
    char c = part.charAt(i);
    if (c == '%') {
      return i + 2 < part.length() && isHex(part.charAt(i + 1)) && isHex(part.charAt(i + 2));
    }
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~!$&'()*+,=:@".indexOf(c) >= 0;
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0 && c < 0x80;
  }

  /** The names of the parameters, from the left. */
  public List<String> parameters() {
    return segments.stream().filter(s -> s.kind() != Kind.LITERAL).map(Segment::text).toList();
  }

  /**
   * The template without the names of its parameters: two routes of one method with the same shape
   * are duplicates (contract C11).
   */
  public String shape() {
    return segments.stream()
        .map(
            segment ->
                switch (segment.kind()) {
                  case LITERAL -> segment.text();
                  case PARAMETER -> "{}";
                  case REST -> "{*}";
                })
        .collect(Collectors.joining("/", "/", ""));
  }

  @Override
  public String toString() {
    return text;
  }
}
