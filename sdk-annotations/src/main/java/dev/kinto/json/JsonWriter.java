package dev.kinto.json;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes JSON of two-space indentation and {@code \n} line ends, the same text for the same calls
 * on every machine (contract C12). Not safe for use by several threads.
 */
public final class JsonWriter {
  private final StringBuilder json = new StringBuilder();
  private int depth;
  private boolean first = true;

  private JsonWriter() {}

  /**
   * Writes a document whose value is an object, with a line end behind it.
   *
   * @param members is given the writer and writes the object's members
   */
  public static String object(Consumer<JsonWriter> members) {
    JsonWriter writer = new JsonWriter();
    writer.braced(() -> members.accept(writer));
    return writer.json.append('\n').toString();
  }

  /**
   * Writes a document whose value is an array of objects, with a line end behind it.
   *
   * @param items one for each object
   * @param members is given the writer and an item, and writes the members of its object
   */
  public static <T> String array(List<T> items, Item<T> members) {
    JsonWriter writer = new JsonWriter();
    writer.bracketed(items, item -> members.write(writer, item));
    return writer.json.append('\n').toString();
  }

  /** Writes the members of an object that stands for an item. */
  @FunctionalInterface
  public interface Item<T> {
    /** Writes them. */
    void write(JsonWriter to, T item);
  }

  /** Writes a member that is a string. */
  public void text(String key, String value) {
    key(key);
    quote(value);
  }

  /** Writes a member that is a string, unless it is empty. */
  public void textUnlessEmpty(String key, String value) {
    if (!value.isEmpty()) {
      text(key, value);
    }
  }

  /** Writes a member that is a boolean. */
  public void flag(String key, boolean value) {
    raw(key, String.valueOf(value));
  }

  /** Writes a member whose value is JSON already, which is not checked. */
  public void raw(String key, String value) {
    key(key);
    // No JSON string holds a line end: each one here stands between two tokens.
    json.append(value.replace("\n", "\n" + "  ".repeat(depth)));
  }

  /** Writes a member that is an array of strings, on one line. */
  public void texts(String key, List<String> values) {
    line(key, values, this::quote);
  }

  /** Writes a member that is an array of values that are JSON already, on one line. */
  public void raws(String key, List<String> values) {
    line(key, values, json::append);
  }

  private void line(String key, List<String> values, Consumer<String> value) {
    key(key);
    json.append('[');
    String separator = "";
    for (String next : values) {
      json.append(separator);
      value.accept(next);
      separator = ", ";
    }
    json.append(']');
  }

  /** Writes a member that is an object, whose members the given step writes. */
  public void object(String key, Runnable members) {
    key(key);
    braced(members);
  }

  /** Writes a member that is an array of objects, one for each item. */
  public <T> void array(String key, List<T> items, Consumer<T> members) {
    key(key);
    bracketed(items, members);
  }

  /** Writes a member that is an array of objects, unless there are none. */
  public <T> void arrayUnlessEmpty(String key, List<T> items, Consumer<T> members) {
    if (!items.isEmpty()) {
      array(key, items, members);
    }
  }

  private <T> void bracketed(List<T> items, Consumer<T> members) {
    json.append('[');
    depth++;
    first = true;
    for (T item : items) {
      separate();
      braced(() -> members.accept(item));
    }
    depth--;
    close(']', items.isEmpty());
  }

  private void braced(Runnable members) {
    json.append('{');
    depth++;
    first = true;
    members.run();
    depth--;
    // Nothing was written: the brace closes where it opened.
    close('}', first);
  }

  private void close(char bracket, boolean empty) {
    if (!empty) {
      json.append('\n').append("  ".repeat(depth));
    }
    json.append(bracket);
    first = false;
  }

  private void key(String key) {
    separate();
    quote(key);
    json.append(": ");
  }

  private void separate() {
    json.append(first ? "" : ",").append('\n').append("  ".repeat(depth));
    first = false;
  }

  /** Also what JavaScript takes for line ends, and surrogates, which may stand alone. */
  private void quote(String text) {
    json.append(quoted(text));
  }

  /** A text as a JSON string, for {@link #raw}. */
  public static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
