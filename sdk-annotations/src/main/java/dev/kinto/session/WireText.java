package dev.kinto.session;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The wire form of a session value: printable ASCII in which {@code %XX} stands for a byte of the
 * UTF-8 text (contract C5).
 */
public final class WireText {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private WireText() {}

  /** Encodes {@code %}, every byte outside 0x20 to 0x7E, and leading and trailing spaces. */
  public static String encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder wire = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xFF;
      boolean outerSpace = b == ' ' && (i == 0 || i == bytes.length - 1);
      if (b == '%' || b < 0x20 || b > 0x7E || outerSpace) {
        wire.append('%').append(HEX[b >> 4]).append(HEX[b & 0xF]);
      } else {
        wire.append((char) b);
      }
    }
    return wire.toString();
  }

  /**
   * Decodes every {@code %XX}; a {@code %} without two hex digits stands for itself.
   *
   * @return the text; empty if the bytes are not UTF-8 or the wire form holds anything but
   *     printable ASCII
   */
  public static Optional<String> decode(String wire) {
    if (wire.indexOf('%') < 0) {
      return isPrintableAscii(wire) ? Optional.of(wire) : Optional.empty();
    }
    if (!isPrintableAscii(wire)) {
      return Optional.empty();
    }
    byte[] bytes = new byte[wire.length()];
    int length = 0;
    for (int i = 0; i < wire.length(); i++) {
      char c = wire.charAt(i);
      int high = c == '%' && i + 2 < wire.length() ? Character.digit(wire.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(wire.charAt(i + 2), 16) : -1;
      if (low >= 0) {
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    try {
      // A decoder reports malformed input; new String(...) would replace it silently.
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return Optional.of(text.toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static boolean isPrintableAscii(String wire) {
    for (int i = 0; i < wire.length(); i++) {
      if (wire.charAt(i) < 0x20 || wire.charAt(i) > 0x7E) {
        return false;
      }
    }
    return true;
  }
}
