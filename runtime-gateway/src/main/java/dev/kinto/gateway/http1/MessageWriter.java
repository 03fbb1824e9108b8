package dev.kinto.gateway.http1;

import dev.kinto.gateway.http.HeaderLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes of a request or an answer on their way out: the head, and behind it as much of the body as
 * is there, so that a small message is one write. Texts have no other characters than bytes (ISO
 * 8859-1).
 */
public final class MessageWriter {
  private static final byte[] HTTP_1_1 = ascii("HTTP/1.1 ");
  private static final byte[] VERSION_END = ascii(" HTTP/1.1\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");

  private byte[] bytes;
  private int length;

  /** A writer for as many bytes, or, at some expense, more. */
  public MessageWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** How many bytes these lines take. */
  public static int lengthOf(List<HeaderLine> lines) {
    int sum = 0;
    for (HeaderLine line : lines) {
      sum += line.length() + 2;
    }
    return sum;
  }

  /** The first line of a request. */
  public void requestLine(String method, String target) {
    append(method);
    append((byte) ' ');
    append(target);
    append(VERSION_END);
  }

  /** The first line of an answer. */
  public void statusLine(int status, String reason) {
    append(HTTP_1_1);
    append(Integer.toString(status));
    append((byte) ' ');
    append(reason);
    endLine();
  }

  /** A header line. */
  public void line(HeaderLine line) {
    ensure(line.length());
    line.copyTo(bytes, length);
    length += line.length();
    endLine();
  }

  /** A header line. */
  public void line(String name, String value) {
    append(name);
    append((byte) ':');
    append((byte) ' ');
    append(value);
    endLine();
  }

  /** Announces how many bytes the body has. */
  public void contentLength(long bodyLength) {
    append(CONTENT_LENGTH);
    append(Long.toString(bodyLength));
    endLine();
  }

  /** Announces that the body comes in chunks. */
  public void chunked() {
    append(CHUNKED);
  }

  /** Ends a line, or, at the start of one, the head. */
  public void endLine() {
    append((byte) '\r');
    append((byte) '\n');
  }

  /** Bytes as they are: of the body, or whole lines. */
  public void append(byte[] more) {
    append(more, 0, more.length);
  }

  /** Some of these bytes as they are. */
  public void append(byte[] more, int offset, int count) {
    ensure(count);
    System.arraycopy(more, offset, bytes, length, count);
    length += count;
  }

  private void append(byte b) {
    ensure(1);
    bytes[length++] = b;
  }

  @SuppressWarnings("deprecation") // getBytes(int, …) is the one that copies low bytes in place
  private void append(String text) {
    ensure(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** The backing array, of which {@link #length()} bytes are filled. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes were written. */
  public int length() {
    return length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
