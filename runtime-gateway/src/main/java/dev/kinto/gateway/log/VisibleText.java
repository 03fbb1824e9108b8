package dev.kinto.gateway.log;

/**
 * Texts of others in a line for the operator, in the log and at a start: a client, a microservice
 * or a manifest could forge lines with control characters, or steer a terminal.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * The text with an escape, as Java writes it, for each character that does not stand in a line.
   */
  public static String of(String text) {
    if (text.chars().noneMatch(VisibleText::isControl)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            c -> {
              if (isControl(c)) {
                visible.append("\\u%04x".formatted(c));
              } else {
                visible.append((char) c);
              }
            });
    return visible.toString();
  }

  /** C0, DEL and C1, line and paragraph separators, and what turns the direction of writing. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || c == '\u2028'
        || c == '\u2029';
  }
}
