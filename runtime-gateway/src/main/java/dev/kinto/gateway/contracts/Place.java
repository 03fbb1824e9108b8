package dev.kinto.gateway.contracts;

/**
 * Where something stands in a manifest.
 *
 * @param file the file as it was named; a manifest in a jar is {@code app.jar!/META-INF/…}
 * @param pointer the JSON pointer inside the manifest (RFC 6901); empty for the whole
 * @param line the line of its first character, from 1
 * @param column the column of its first character in UTF-16 units, from 1
 * @param length how many UTF-16 units it has on that line, at least 1
 * @param source the text of that line
 */
public record Place(String file, String pointer, int line, int column, int length, String source) {

  /** {@code file:line:column}, as editors and terminals recognise it. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
