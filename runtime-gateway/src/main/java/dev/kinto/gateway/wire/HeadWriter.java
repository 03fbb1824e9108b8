package dev.kinto.gateway.wire;

import io.helidon.http.DateTime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes of an answer on their way out: the head, and behind it as much of the body as is there, so
 * that a small answer is one write.
 */
final class HeadWriter {
  private static final byte[] HTTP_1_1 = ascii("HTTP/1.1 ");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] DATE = ascii("Date: ");

  private byte[] bytes;
  private int length;

  HeadWriter(int capacity) {
    bytes = new byte[capacity];
  }

  void head(
      ResponseHead head,
      List<HeaderLine> lines,
      boolean chunked,
      boolean announceLength,
      boolean close) {
    append(HTTP_1_1);
    append(Integer.toString(head.status()));
    append((byte) ' ');
    append(head.reason());
    endLine();
    boolean dated = false;
    for (HeaderLine line : lines) {
      append(line);
      dated |= line.lowerCaseName().equals("date");
    }
    if (!dated) {
      append(DATE);
      append(DateTime.http1Bytes()); // ends with CRLF
    }
    if (chunked) {
      append(CHUNKED);
    } else if (announceLength && head.contentLength().isPresent()) {
      append(CONTENT_LENGTH);
      append(Long.toString(head.contentLength().getAsLong()));
      endLine();
    }
    if (close) {
      append(CLOSE);
    }
    endLine();
  }

  private void append(HeaderLine line) {
    append(line.name());
    append((byte) ':');
    append((byte) ' ');
    append(line.value());
    endLine();
  }

  void append(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void append(byte b) {
    ensure(1);
    bytes[length++] = b;
  }

  /** Each character is one byte (ISO 8859-1); those above 0xFF cannot come from a header. */
  @SuppressWarnings("deprecation") // getBytes(int, …) is the one that copies low bytes in place
  private void append(String text) {
    ensure(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  private void endLine() {
    append((byte) '\r');
    append((byte) '\n');
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** The backing array, of which {@link #length()} bytes are filled. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
