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

  /** As one word, as apidoc makes it of names and groups: white space in it becomes {@code _}. */
  public Text joined() {
    return with(value.strip().replaceAll("\\s+", "_"));
  }
}
