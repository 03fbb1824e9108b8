package dev.kinto.gateway.http1;

import dev.kinto.gateway.http.HeaderLine;

/** Reads the head of an answer (RFC 9112, sections 4 and 6). */
public final class ResponseHeadReader extends HeadReader {
  /** A session value that is too large is told as such, so a line may be longer than one may be. */
  private static final int MAX_LINE = 64 * 1024;

  private static final int MAX_SIZE = 256 * 1024;
  private static final int MAX_LINES = 256;

  private int status;
  private String reason = "";
  private boolean old;
  private boolean closes;
  private String keepAlive = "";
  private int lineEnd;

  /** The head that was read to its end. */
  public ReceivedHead head() {
    return new ReceivedHead(
        status, reason, lines(), contentLength(), chunked(), old || closes, keepAlive);
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
    String text = text(bytes, start, end);
    old = text.startsWith("HTTP/1.0 ");
    boolean valid =
        (old || text.startsWith("HTTP/1.1 "))
            && text.length() >= 12
            && text.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')
            && (text.length() == 12 || text.charAt(12) == ' ');
    status = valid ? Integer.parseInt(text.substring(9, 12)) : 0;
    if (status < 100 || status > 599) {
      throw new MalformedMessageException("a status line that is not HTTP/1");
    }
    reason = text.length() > 13 ? text.substring(13) : "";
    lineEnd = length();
  }

  @Override
  void field(HeaderLine line) throws MalformedMessageException {
    switch (line.lowerCaseName()) {
      case "connection" -> closes |= holds(line.value(), "close");
      case "keep-alive" -> keepAlive = line.value();
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
