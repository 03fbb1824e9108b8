package dev.kinto.gateway.http1;

import dev.kinto.gateway.http1.MalformedMessageException.Kind;
import java.util.OptionalLong;

/** Reads the head of a request (RFC 9112, sections 2.2, 3 and 6). */
public final class RequestHeadReader extends HeadReader {
  private static final String HTTP_1_0 = "HTTP/1.0";
  private static final String HTTP_1_1 = "HTTP/1.1";

  private final boolean takesOld;
  private String method = "";
  private String target = "";
  private boolean old;
  private String host = "";
  private int hosts;
  private boolean expectsContinue;
  private boolean closes;

  /**
   * A reader of one head.
   *
   * @param takesOld whether HTTP/1.0 is spoken too, where no Host is needed, bodies have a length,
   *     and each answer ends its connection
   */
  public RequestHeadReader(boolean takesOld) {
    this.takesOld = takesOld;
  }

  /**
   * The head that was read to its end. Its lines are these bytes, which nobody may change.
   *
   * @param from where the bytes of the head begin
   */
  public RequestHead head(byte[] bytes, int from) {
    return new RequestHead(
        method,
        target,
        lines(bytes, from),
        chunked() ? OptionalLong.empty() : OptionalLong.of(contentLength().orElse(0)),
        expectsContinue && !old,
        closes || old,
        host);
  }

  /** Whether an expectation is the one that there is (RFC 9110, section 10.1.1). */
  public static boolean isContinue(String expectation) {
    return expectation.equalsIgnoreCase("100-continue");
  }

  @Override
  boolean skipsEmptyLine() {
    return true;
  }

  @Override
  void firstLine(byte[] bytes, int start, int end) throws MalformedMessageException {
    int methodEnd = start;
    while (methodEnd < end && isToken(bytes[methodEnd])) {
      methodEnd++;
    }
    if (methodEnd == start || methodEnd == end || bytes[methodEnd] != ' ') {
      throw new MalformedMessageException("a method that is no token");
    }
    int targetEnd = methodEnd + 1;
    while (targetEnd < end && bytes[targetEnd] > ' ') {
      targetEnd++;
    }
    if (targetEnd == methodEnd + 1 || targetEnd == end || bytes[targetEnd] != ' ') {
      throw new MalformedMessageException("a target that is empty or not printable ASCII");
    }
    method = text(bytes, start, methodEnd);
    target = text(bytes, methodEnd + 1, targetEnd);
    version(text(bytes, targetEnd + 1, end));
  }

  private void version(String version) throws MalformedMessageException {
    old = takesOld && version.equals(HTTP_1_0);
    if (!old && !version.equals(HTTP_1_1)) {
      boolean other = version.length() == HTTP_1_1.length() && version.startsWith("HTTP/");
      throw new MalformedMessageException(
          other ? Kind.VERSION : Kind.MALFORMED, "a version that is not HTTP/1.1");
    }
  }

  @Override
  void field(String lowerCaseName, byte[] bytes, int valueStart, int valueEnd)
      throws MalformedMessageException {
    switch (lowerCaseName) {
      case "host" -> {
        host = text(bytes, valueStart, valueEnd);
        hosts++;
      }
      case "expect" -> {
        if (!isContinue(text(bytes, valueStart, valueEnd))) {
          throw new MalformedMessageException("an expectation other than 100-continue");
        }
        expectsContinue = true;
      }
      case "connection" -> closes |= holds(text(bytes, valueStart, valueEnd), "close");
      default -> {}
    }
  }

  @Override
  void lineRead(int count) {}

  @Override
  void complete() throws MalformedMessageException {
    if (hosts != 1 && !(old && hosts == 0)) {
      throw new MalformedMessageException(hosts == 0 ? "no Host" : "more than one Host");
    }
    if (old && chunked()) {
      throw new MalformedMessageException("Transfer-Encoding, which HTTP/1.0 does not know");
    }
  }
}
