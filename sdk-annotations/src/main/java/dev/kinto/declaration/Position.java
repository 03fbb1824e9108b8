package dev.kinto.declaration;

/**
 * Where an author wrote something: an annotation value for the processor, a line and column for the
 * apidoc dialect. Rules only carry it; who reads the declarations knows how to show it. {@code
 * toString()} names the place for people.
 */
public interface Position {
  /**
   * Whether this is where apidoc's authors keep what was: a file {@code _apidoc.js} or the like.
   */
  default boolean isInHistory() {
    return false;
  }

  /** Whether the file of this name, or path, is such a one. */
  static boolean isHistory(String file) {
    return file.substring(file.replace('\\', '/').lastIndexOf('/') + 1).startsWith("_apidoc.");
  }
}
