package dev.kinto.apidoc;

/**
 * White space as the apidoc tool knows it, which is JavaScript's (ECMA-262, section 12.2): no-break
 * spaces and the byte order mark too, which come with text that was copied from a page.
 */
final class Space {
  private static final String NO_BREAK = "\u00A0\u2007\u202F\uFEFF";

  private Space() {}

  static boolean is(char c) {
    return Character.isWhitespace(c) || NO_BREAK.indexOf(c) >= 0;
  }

  /** The first offset from one on, at most another, that is no white space. */
  static int skip(CharSequence text, int offset, int end) {
    int at = offset;
    while (at < end && is(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
