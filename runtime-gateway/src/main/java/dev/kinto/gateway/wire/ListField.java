package dev.kinto.gateway.wire;

import java.util.ArrayList;
import java.util.List;

/** Takes lists in header fields apart (RFC 9110, section 5.6.1). */
final class ListField {
  private ListField() {}

  /** The parts between separators that stand outside of quotes, without outer spaces. */
  static List<String> split(String value, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i == value.length() ? separator : value.charAt(i);
      if (i == value.length() || (c == separator && !quoted)) {
        String part = value.substring(start, i).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return parts;
  }
}
