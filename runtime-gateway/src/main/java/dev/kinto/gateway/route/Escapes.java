package dev.kinto.gateway.route;

import java.util.function.IntConsumer;

/** Percent-encoded octets of a path (RFC 3986, section 2.1). */
final class Escapes {
  private Escapes() {}

  /** The value of two hex digits; negative if they are none. */
  static int octet(char first, char second) {
    int high = Character.digit(first, 16);
    int low = Character.digit(second, 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /**
   * The text as a server sees it that decodes as long as there is something to decode, with a
   * character for each octet. One pass from the right undoes all layers, because what an escape
   * stands for may be part of another one to its left: {@code %25%36%35} is {@code e}.
   *
   * @param onOctet is told what each escape stands for
   */
  static String undo(String text, IntConsumer onOctet) {
    int end = text.length();
    char[] decoded = new char[end];
    int start = end;
    for (int i = end - 1; i >= 0; i--) {
      decoded[--start] = text.charAt(i);
      while (decoded[start] == '%' && start + 2 < end) {
        int octet = octet(decoded[start + 1], decoded[start + 2]);
        if (octet < 0) {
          break;
        }
        onOctet.accept(octet);
        start += 2;
        decoded[start] = (char) octet;
      }
    }
    return new String(decoded, start, end - start);
  }
}
