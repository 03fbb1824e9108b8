package dev.kinto.gateway.wire;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.problem.ProblemCode;

/**
 * Finds the end of a head in bytes that come piece by piece, looking at each byte once. Refuses a
 * CR or LF that is not part of a CRLF as soon as it sees it, and a head that grows too large.
 */
final class HeadEnd {
  private final ClientLimits limits;

  /** How many bytes were looked at, and the last of them. */
  private int scanned;

  private byte previous;

  /** The starts of lines, counted from the first byte; headers begin behind the request line. */
  private int lineStart;

  private int requestLine;
  private int headersStart = -1;

  HeadEnd(ClientLimits limits) {
    this.limits = limits;
  }

  /**
   * How many bytes stand before the request line: RFC 9112, section 2.2 passes over one empty line.
   */
  int skipped() {
    return requestLine;
  }

  /**
   * Looks on.
   *
   * @param input the bytes of all pieces so far, from {@code from} on; earlier calls saw the same
   *     bytes, perhaps at another place
   * @return the place behind the head, or -1 if it is not complete
   */
  int find(byte[] input, int from) {
    boolean complete = false;
    while (!complete && from + scanned < input.length) {
      complete = accept(input[from + scanned++]);
    }
    checkSize();
    return complete ? from + scanned : -1;
  }

  /** Takes the next byte; says whether it ends the head. */
  private boolean accept(byte b) {
    boolean afterCr = previous == '\r';
    previous = b;
    if (b != '\n') {
      if (afterCr) {
        throw InvalidRequest.because("A line ends with CR LF, not with CR alone.");
      }
      return false;
    }
    if (!afterCr) {
      throw InvalidRequest.because("A line ends with CR LF, not with LF alone.");
    }
    int line = lineStart;
    lineStart = scanned;
    boolean empty = lineStart - line == 2;
    if (headersStart >= 0) {
      return empty;
    }
    if (!empty || line > 0) {
      requestLine = line;
      headersStart = lineStart;
    }
    return false;
  }

  private void checkSize() {
    int lineLength = (headersStart < 0 ? scanned : headersStart) - requestLine;
    if (lineLength > limits.maxTargetLength()) {
      throw tooLong();
    }
    if (headersStart >= 0 && scanned - headersStart > limits.maxHeadersSize()) {
      throw tooLarge();
    }
  }

  static RuntimeException tooLong() {
    return InvalidRequest.because(
        ProblemCode.TARGET_TOO_LONG, "The request line is longer than this gateway accepts.");
  }

  static RuntimeException tooLarge() {
    return InvalidRequest.because(
        ProblemCode.HEADERS_TOO_LARGE, "The header fields are larger than this gateway accepts.");
  }
}
