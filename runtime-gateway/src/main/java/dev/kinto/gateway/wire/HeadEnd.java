package dev.kinto.gateway.wire;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;

/**
 * Finds the end of a head in bytes that come piece by piece, looking at each byte once. Refuses a
 * CR or LF that is not part of a CRLF as soon as it sees it.
 *
 * <p>A head that is too large is read on for a while before it is refused, for what it says of the
 * page that sent it: a browser shows an answer only to pages that the answer names (contract C43).
 */
final class HeadEnd {
  /** How far a head is read beyond all limits. */
  static final int MOST_READ_ON = 16 * 1024;

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
   * @throws Refusal if it is too large, and either complete or larger than anybody reads
   */
  int find(byte[] input, int from) {
    boolean complete = false;
    while (!complete && from + scanned < input.length) {
      complete = accept(input[from + scanned++]);
    }
    if (complete || scanned > limits.maxTargetLength() + limits.maxHeadersSize() + MOST_READ_ON) {
      requireSize();
    }
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

  /** Whether what has come so far is too large, so that no more has to be waited for. */
  boolean tooLarge() {
    return lineTooLong() || headersTooLarge();
  }

  /** Refuses what has come so far if it is too large. */
  void requireSize() {
    if (lineTooLong()) {
      throw targetIsTooLong();
    }
    if (headersTooLarge()) {
      throw headersAreTooLarge();
    }
  }

  private boolean lineTooLong() {
    return (headersStart < 0 ? scanned : headersStart) - requestLine > limits.maxTargetLength();
  }

  private boolean headersTooLarge() {
    return headersStart >= 0 && scanned - headersStart > limits.maxHeadersSize();
  }

  static RuntimeException targetIsTooLong() {
    return InvalidRequest.because(
        ProblemCode.TARGET_TOO_LONG, "The request line is longer than this gateway accepts.");
  }

  static RuntimeException headersAreTooLarge() {
    return InvalidRequest.because(
        ProblemCode.HEADERS_TOO_LARGE, "The header fields are larger than this gateway accepts.");
  }
}
