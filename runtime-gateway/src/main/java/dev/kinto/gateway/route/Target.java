package dev.kinto.gateway.route;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;

/**
 * A request target that was checked and may be matched and forwarded as it is (contract C21). Path
 * and query are raw: nothing here is ever decoded, so that what is matched and what the upstream
 * reads cannot differ.
 *
 * @param path the path, beginning with exactly one {@code /}
 * @param query the query with its {@code ?}, or empty
 */
public record Target(String path, String query) {

  /**
   * Checks a raw target.
   *
   * @throws Refusal request-invalid, which says what is not allowed
   */
  public static Target parse(String raw) {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      throw refused("The target must be a path that begins with \"/\".");
    }
    int questionMark = raw.indexOf('?');
    int pathEnd = questionMark < 0 ? raw.length() : questionMark;
    checkPath(raw, pathEnd);
    for (int i = pathEnd; i < raw.length(); i++) {
      checkCharacter(raw.charAt(i));
    }
    return new Target(raw.substring(0, pathEnd), raw.substring(pathEnd));
  }

  private static void checkPath(String raw, int end) {
    boolean encoded = false;
    for (int i = 0; i < end; i++) {
      char c = raw.charAt(i);
      checkCharacter(c);
      switch (c) {
        case ';', '\\' -> throw refused("A path may not hold \"" + c + "\".");
        case '/' -> checkSegment(raw, i + 1, end);
        case '%' -> {
          checkEscape(raw, i, end);
          encoded = true;
        }
        default -> {}
      }
    }
    if (encoded) {
      Escapes.undo(raw.substring(0, end), Target::refuseStructure);
    }
  }

  /** Looks at the beginning of a segment: no empty one inside, no dot segment. */
  private static void checkSegment(String raw, int start, int end) {
    if (start < end && raw.charAt(start) == '/') {
      throw refused("A path may not hold an empty segment, \"//\".");
    }
    int dots = start;
    while (dots < end && dots - start < 2 && raw.charAt(dots) == '.') {
      dots++;
    }
    if (dots > start && (dots == end || raw.charAt(dots) == '/')) {
      throw refused("A path may not hold the segments \".\" and \"..\".");
    }
  }

  private static void checkEscape(String raw, int percent, int end) {
    if (percent + 2 >= end || Escapes.octet(raw.charAt(percent + 1), raw.charAt(percent + 2)) < 0) {
      throw refused("A percent sign in a path must be followed by two hex digits.");
    }
  }

  /** A server behind may decode into structure what is encoded, once or several times over. */
  private static void refuseStructure(int octet) {
    if (isStructure(octet)) {
      throw refused(
          "A path may not hold an encoded slash, backslash, dot, semicolon or control character.");
    }
  }

  private static boolean isStructure(int octet) {
    return octet < 0x20 || octet == 0x7F || "/\\.;".indexOf(octet) >= 0;
  }

  private static void checkCharacter(char c) {
    if (c <= 0x20 || c >= 0x7F || c == '#') {
      throw refused(
          "A target may not hold spaces, control characters, \"#\" or bytes outside ASCII.");
    }
  }

  private static Refusal refused(String detail) {
    return new Refusal(ProblemCode.REQUEST_INVALID, detail);
  }
}
