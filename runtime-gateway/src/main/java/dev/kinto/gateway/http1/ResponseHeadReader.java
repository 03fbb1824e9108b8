package dev.kinto.gateway.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the head of an answer (RFC 9112, sections 4 and 6). */
public final class ResponseHeadReader extends HeadReader {
  /** A session value that is too large is told as such, so a line may be longer than one may be. */
  private static final int MAX_LINE = 64 * 1024;

  private static final byte[] HTTP_1_0 = "HTTP/1.0 ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HTTP_1_1 = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);

  /** The length of a status line to the last digit of its status. */
  private static final int STATUS_END = 12;

  private static final int MAX_SIZE = 256 * 1024;
  private static final int MAX_LINES = 256;

  private int status;
  private String reason = "";
  private boolean old;
  private boolean closes;
  private String keepAlive = "";
  private int lineEnd;

  /**
   * The head that was read to its end. Its lines are these bytes, which nobody may change.
   *
   * @param from where the bytes of the head begin
   */
  public ReceivedHead head(byte[] bytes, int from) {
    return new ReceivedHead(
        status, reason, lines(bytes, from), contentLength(), chunked(), old || closes, keepAlive);
  }

  /** Refuses what has come so far if it is too large. */
  public void requireSize() throws MalformedMessageException {
    if (length() > MAX_SIZE || openLineLength() > MAX_LINE) {
      throw new MalformedMessageException("a head or a line of it that is too large");
    }
  }

  @Override
  boolean skipsEmptyLine() {
    return false;
  }

  /** {@code HTTP/1.1 200 OK}; the reason may be absent, and the space before it. */
  @Override
  void firstLine(byte[] bytes, int start, int end) throws MalformedMessageException {
    if (end - start > MAX_LINE) {
      throw new MalformedMessageException("a head or a line of it that is too large");
    }
    int statusEnd = start + STATUS_END;
    old = startsWith(HTTP_1_0, bytes, start, end);
    boolean valid =
        (old || startsWith(HTTP_1_1, bytes, start, end))
            && end >= statusEnd
            && (end == statusEnd || bytes[statusEnd] == ' ');
    status = valid ? number(bytes, start + HTTP_1_1.length, statusEnd) : 0;
    if (status < 100 || status > 599) {
      throw new MalformedMessageException("a status line that is not HTTP/1");
    }
    reason = reason(bytes, Math.min(statusEnd + 1, end), end);
    lineEnd = length();
  }

  private static boolean startsWith(byte[] wanted, byte[] bytes, int start, int end) {
    int most = Math.min(end, start + wanted.length);
    return Arrays.equals(bytes, start, most, wanted, 0, wanted.length);
  }

  /** Three digits; 0 if they are none. */
  private static int number(byte[] bytes, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return 0;
      }
      number = 10 * number + bytes[i] - '0';
    }
    return number;
  }

  private static String reason(byte[] bytes, int from, int to) {
    boolean usual = to - from == 2 && bytes[from] == 'O' && bytes[from + 1] == 'K';
    return usual ? "OK" : text(bytes, from, to);
  }

  @Override
  void field(String lowerCaseName, byte[] bytes, int valueStart, int valueEnd) {
    switch (lowerCaseName) {
      case "connection" -> closes |= holds(text(bytes, valueStart, valueEnd), "close");
      case "keep-alive" -> keepAlive = text(bytes, valueStart, valueEnd);
      default -> {}
    }
  }

  @Override
  void lineRead(int count) throws MalformedMessageException {
    if (count > MAX_LINES) {
      throw new MalformedMessageException("more than " + MAX_LINES + " header lines");
    }
    if (length() - lineEnd > MAX_LINE) {
      throw new MalformedMessageException("a head or a line of it that is too large");
    }
    lineEnd = length();
  }

  @Override
  void complete() {}
}
