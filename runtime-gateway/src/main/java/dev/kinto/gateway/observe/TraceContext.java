package dev.kinto.gateway.observe;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a request stands in its trace (W3C Trace Context, section 3.2): the client's trace goes on
 * if it names exactly one and that is well formed, else a new one begins. A version that nobody
 * knows yet is read as this one, and answered with this one.
 *
 * @param traceId the trace, 32 hex digits
 * @param parentId the client's span, 16 hex digits; empty if the trace begins here
 * @param spanId the span of the request
 * @param callId the span of the call to the microservice, which is the parent of its own
 * @param flags two hex digits, the last bit of which says whether the trace is sampled
 */
public record TraceContext(
    String traceId, String parentId, String spanId, String callId, String flags) {
  private static final HexFormat HEX = HexFormat.of();
  private static final String VERSION = "00-";
  private static final String SAMPLED = "01";
  private static final String NOT_SAMPLED = "00";
  private static final int TRACE_END = 35;
  private static final int PARENT_END = 52;
  private static final int LENGTH = 55;

  /**
   * Of what the client sent.
   *
   * @param sent one text for each line of its traceparent
   * @param ratio how many of the traces that begin here are sampled, from 0 to 1
   */
  static TraceContext of(List<String> sent, double ratio) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String spanId = spanId(random);
    String callId = spanId(random);
    if (sent.size() == 1 && isWellFormed(sent.getFirst())) {
      String clients = sent.getFirst();
      return new TraceContext(
          clients.substring(VERSION.length(), TRACE_END),
          clients.substring(TRACE_END + 1, PARENT_END),
          spanId,
          callId,
          clients.substring(PARENT_END + 1, LENGTH));
    }
    return new TraceContext(
        HEX.toHexDigits(random.nextLong()) + spanId(random),
        "",
        spanId,
        callId,
        ratio >= 1 || random.nextDouble() < ratio ? SAMPLED : NOT_SAMPLED);
  }

  /** An id of zeros alone is invalid, so one bit is set. */
  private static String spanId(ThreadLocalRandom random) {
    return HEX.toHexDigits(random.nextLong() | 1);
  }

  /** What the microservice is told. */
  public String traceparent() {
    return VERSION + traceId + '-' + callId + '-' + flags;
  }

  /** Whether the client's trace goes on, so that its tracestate belongs to it. */
  public boolean continued() {
    return !parentId.isEmpty();
  }

  /** Whether its spans are recorded. */
  public boolean sampled() {
    return (Character.digit(flags.charAt(1), 16) & 1) == 1;
  }

  private static boolean isWellFormed(String value) {
    return hasKnownLength(value)
        && isHex(value, 0, 2)
        && value.charAt(2) == '-'
        && isId(value, VERSION.length(), TRACE_END)
        && value.charAt(TRACE_END) == '-'
        && isId(value, TRACE_END + 1, PARENT_END)
        && value.charAt(PARENT_END) == '-'
        && isHex(value, PARENT_END + 1, LENGTH);
  }

  /** A later version may go on behind another dash; ff is no version. */
  private static boolean hasKnownLength(String value) {
    return value.startsWith(VERSION)
        ? value.length() == LENGTH
        : !value.startsWith("ff")
            && (value.length() == LENGTH
                || (value.length() > LENGTH && value.charAt(LENGTH) == '-'));
  }

  /** Lower-case hex digits that are not all zeros. */
  private static boolean isId(String value, int from, int to) {
    boolean zeros = true;
    for (int i = from; i < to; i++) {
      zeros &= value.charAt(i) == '0';
    }
    return !zeros && isHex(value, from, to);
  }

  private static boolean isHex(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
