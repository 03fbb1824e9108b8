package dev.kinto.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One header field line, of a request or an answer. One that came over a connection is kept as the
 * bytes that came, and written as them; what nobody asks for is never made a text. Each character
 * of a text is one byte (ISO 8859-1). Immutable, as long as nobody writes to its bytes.
 */
public final class HeaderLine {
  private static final byte[] NONE = {};

  private final String lowerCaseName;

  /** The line as it came, from its name to the end of its value; empty if it was made of texts. */
  private final byte[] bytes;

  private final int start;
  private final int nameLength;
  private final int valueStart;
  private final int end;

  /** Made when they are asked for; who races to make one makes the same. */
  private @Nullable String name;

  private @Nullable String value;

  /**
   * A line of these texts.
   *
   * @param name the name as it goes over the wire
   * @param lowerCaseName the name in lower case, for comparisons
   * @param value the value without outer white space
   */
  public HeaderLine(String name, String lowerCaseName, String value) {
    this.name = name;
    this.lowerCaseName = lowerCaseName;
    this.value = value;
    this.bytes = NONE;
    this.start = 0;
    this.nameLength = name.length();
    this.valueStart = 0;
    this.end = value.length();
  }

  /**
   * A line that came.
   *
   * @param lowerCaseName its name in lower case
   * @param bytes has the line; nobody writes to it any more
   * @param start where its name begins, which is as long as {@code lowerCaseName}
   * @param valueStart where its value begins, behind white space
   * @param end where its value ends
   */
  public HeaderLine(String lowerCaseName, byte[] bytes, int start, int valueStart, int end) {
    this.lowerCaseName = lowerCaseName;
    this.bytes = bytes;
    this.start = start;
    this.nameLength = lowerCaseName.length();
    this.valueStart = valueStart;
    this.end = end;
  }

  /** A line of a name in any case. */
  public static HeaderLine of(String name, String value) {
    return new HeaderLine(name, name.toLowerCase(Locale.ROOT), value);
  }

  /** The name as it goes over the wire. */
  public String name() {
    String made = name;
    if (made == null) {
      made = text(start, nameLength);
      name = made;
    }
    return made;
  }

  /** The name in lower case, for comparisons. */
  public String lowerCaseName() {
    return lowerCaseName;
  }

  /** The value without outer white space. */
  public String value() {
    String made = value;
    if (made == null) {
      made = text(valueStart, end - valueStart);
      value = made;
    }
    return made;
  }

  private String text(int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }

  /** How many bytes {@link #copyTo} copies. */
  public int length() {
    return nameLength + 2 + end - valueStart;
  }

  /** Copies the line, without its end: name, colon, space and value. */
  public void copyTo(byte[] target, int offset) {
    int behind = offset + nameLength;
    target[behind++] = ':';
    target[behind++] = ' ';
    if (bytes.length == 0) {
      copy(name(), target, offset);
      copy(value(), target, behind);
    } else {
      System.arraycopy(bytes, start, target, offset, nameLength);
      System.arraycopy(bytes, valueStart, target, behind, end - valueStart);
    }
  }

  @SuppressWarnings("deprecation") // getBytes(int, …) is the one that copies low bytes in place
  private static void copy(String text, byte[] target, int offset) {
    text.getBytes(0, text.length(), target, offset);
  }

  /** Shows no value: it may be a token, a cookie or a user's. */
  @Override
  public String toString() {
    return "HeaderLine[" + name() + "]";
  }
}
