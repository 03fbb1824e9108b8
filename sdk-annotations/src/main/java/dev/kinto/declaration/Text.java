package dev.kinto.declaration;

/**
 * A word of a declaration.
 *
 * @param value what the author wrote
 * @param at where
 */
public record Text(String value, Position at) {

  /** The same place with another value. */
  public Text with(String newValue) {
    return new Text(newValue, at);
  }
}
