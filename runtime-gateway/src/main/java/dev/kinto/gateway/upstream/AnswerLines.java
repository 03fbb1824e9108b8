package dev.kinto.gateway.upstream;

import dev.kinto.manifest.FieldName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of an answer, line by line, and refuses whatever two readers might read
 * differently, as it is refused in requests (RFC 9112, sections 2.2, 4 and 5; contract C35): a line
 * that ends with LF or CR alone is the end of a line to some, and what follows it a header that
 * nobody checked.
 */
final class AnswerLines {
  /** A session value that is too large is told as such, so a line may be longer than one may be. */
  private static final int MAX_LINE = 64 * 1024;

  private static final int MAX_SIZE = 256 * 1024;
  private static final int MAX_LINES = 256;

  private final InputStream source;
  private byte[] line = new byte[256];
  private int length;
  private int size;

  /** Of bytes that one by one are at hand. */
  AnswerLines(InputStream source) {
    this.source = source;
  }

  /**
   * Reads to the empty line.
   *
   * @return null if the source ends before the first byte
   */
  @Nullable ClassicHttpResponse read() throws IOException {
    int first = source.read();
    if (first < 0) {
      return null;
    }
    readLine(first);
    ClassicHttpResponse answer = statusLine(text(0, length));
    int lines = 0;
    for (readLine(source.read()); length > 0; readLine(source.read())) {
      if (++lines > MAX_LINES) {
        throw new InvalidAnswerException("more than " + MAX_LINES + " header lines");
      }
      addHeader(answer);
    }
    return answer;
  }

  /** Reads a line that begins with this byte, without its end. */
  private void readLine(int first) throws IOException {
    length = 0;
    for (int b = first; b != '\r'; b = source.read()) {
      if (b < 0) {
        throw new InvalidAnswerException("the head was cut off");
      }
      if ((b < 0x20 && b != '\t') || b == 0x7F) {
        throw new InvalidAnswerException(
            b == '\n' ? "a line that ends with LF alone" : "a control character in the head");
      }
      add((byte) b);
    }
    if (source.read() != '\n') {
      throw new InvalidAnswerException("a CR without LF");
    }
  }

  private void add(byte b) throws InvalidAnswerException {
    if (++size > MAX_SIZE || length == MAX_LINE) {
      throw new InvalidAnswerException("a head or a line of it that is too large");
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, 2 * length);
    }
    line[length++] = b;
  }

  /** {@code HTTP/1.1 200 OK}; the reason may be absent, and the space before it. */
  private static ClassicHttpResponse statusLine(String text) throws InvalidAnswerException {
    boolean http10 = text.startsWith("HTTP/1.0 ");
    boolean valid =
        (http10 || text.startsWith("HTTP/1.1 "))
            && text.length() >= 12
            && text.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')
            && (text.length() == 12 || text.charAt(12) == ' ');
    int status = valid ? Integer.parseInt(text.substring(9, 12)) : 0;
    if (status < 100 || status > 599) {
      throw new InvalidAnswerException("a status line that is not HTTP/1");
    }
    String reason = text.length() > 13 ? text.substring(13) : "";
    ClassicHttpResponse answer = new BasicClassicHttpResponse(status, reason);
    answer.setVersion(http10 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1);
    return answer;
  }

  private void addHeader(ClassicHttpResponse answer) throws InvalidAnswerException {
    int colon = 0;
    while (colon < length && line[colon] != ':') {
      colon++;
    }
    String name = text(0, colon);
    if (colon == length || !FieldName.isToken(name)) {
      throw new InvalidAnswerException(
          line[0] == ' ' || line[0] == '\t' ? "a folded line" : "a header name that is no token");
    }
    int start = colon + 1;
    while (start < length && isBlank(line[start])) {
      start++;
    }
    int end = length;
    while (end > start && isBlank(line[end - 1])) {
      end--;
    }
    answer.addHeader(name, text(start, end));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private String text(int from, int to) {
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
