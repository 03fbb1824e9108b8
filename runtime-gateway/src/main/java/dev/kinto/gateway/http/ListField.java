package dev.kinto.gateway.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes lists in header fields apart whose elements know no quotes, as tokens and addresses: a
 * quotation mark is a character like others, so that it cannot hide a comma.
 */
final class ListField {
  private ListField() {}

  /** The elements between commas without outer spaces, but for empty ones (RFC 9110, 5.6.1). */
  static List<String> split(String value) {
    List<String> elements = new ArrayList<>();
    for (int start = 0; start <= value.length(); ) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      String element = value.substring(start, end).strip();
      if (!element.isEmpty()) {
        elements.add(element);
      }
      start = end + 1;
    }
    return elements;
  }
}
