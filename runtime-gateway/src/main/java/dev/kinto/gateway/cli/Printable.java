package dev.kinto.gateway.cli;

/** Texts of a manifest or a source, whose control characters could drive the reader's terminal. */
final class Printable {
  private Printable() {}

  /**
   * The text with a question mark in place of each control character: it keeps its length, and its
   * tabs, so that a caret below it stands where it should.
   */
  static String of(String text) {
    StringBuilder printable = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
        printable.setCharAt(i, '?');
      }
    }
    return printable.toString();
  }
}
