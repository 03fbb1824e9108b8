package dev.kinto.manifest;

import org.jspecify.annotations.Nullable;

/**
 * Says whether a text is JSON of a wanted kind (RFC 8259), without building anything from it:
 * values of type Object and arrays are carried as text, so nobody here needs their content.
 */
final class JsonText {
  /** Deeper nesting than this is refused, so that a hostile value cannot exhaust the stack. */
  private static final int MAX_DEPTH = 64;

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /** Whether the text is a JSON number of at most 400 characters, which no real value exceeds. */
  static boolean isNumber(String text) {
    JsonText json = new JsonText(text);
    return text.length() <= 400
        && json.number()
        && json.at == text.length()
        && hasSmallExponent(text);
  }

  /** Arithmetic with an exponent of a billion would take for ever. */
  private static boolean hasSmallExponent(String number) {
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    return exponent < 0 || number.length() - exponent <= 5;
  }

  static boolean isObject(String text) {
    JsonText json = new JsonText(text);
    json.skipSpace();
    return json.peek() == '{' && json.value(0) && json.atEnd();
  }

  static boolean isArrayOf(String text, FieldType.Kind kind) {
    JsonText json = new JsonText(text);
    json.skipSpace();
    return json.array(0, kind) && json.atEnd();
  }

  private boolean value(int depth) {
    skipSpace();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth, null);
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    };
  }

  private boolean valueOf(FieldType.Kind kind, int depth) {
    skipSpace();
    char first = peek();
    return switch (kind) {
      case STRING -> first == '"' && string();
      case NUMBER -> number();
      case BOOLEAN -> literal("true") || literal("false");
      case OBJECT -> first == '{' && object(depth);
    };
  }

  private boolean object(int depth) {
    if (depth >= MAX_DEPTH || !take('{')) {
      return false;
    }
    skipSpace();
    if (take('}')) {
      return true;
    }
    do {
      skipSpace();
      if (!string()) {
        return false;
      }
      skipSpace();
      if (!take(':') || !value(depth + 1)) {
        return false;
      }
      skipSpace();
    } while (take(','));
    return take('}');
  }

  private boolean array(int depth, FieldType.@Nullable Kind elements) {
    if (depth >= MAX_DEPTH || !take('[')) {
      return false;
    }
    skipSpace();
    if (take(']')) {
      return true;
    }
    do {
      if (!(elements == null ? value(depth + 1) : valueOf(elements, depth + 1))) {
        return false;
      }
      skipSpace();
    } while (take(','));
    return take(']');
  }

  private boolean string() {
    if (!take('"')) {
      return false;
    }
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c < 0x20 || (c == '\\' && !escape())) {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    char c = peek();
    at++;
    if (c != 'u') {
      return "\"\\/bfnrt".indexOf(c) >= 0;
    }
    for (int i = 0; i < 4; i++, at++) {
      if (Character.digit(peek(), 16) < 0 || peek() > 'f') {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    take('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > start;
  }

  private boolean literal(String word) {
    boolean found = text.startsWith(word, at);
    if (found) {
      at += word.length();
    }
    return found;
  }

  private boolean take(char wanted) {
    boolean found = at < text.length() && text.charAt(at) == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  /** The next character, or NUL at the end, which no JSON grammar rule accepts. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean atEnd() {
    skipSpace();
    return at == text.length();
  }
}
