package dev.kinto.gateway.forward;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The {@code traceparent} of a forwarded request (W3C Trace Context, section 3.2): the client's
 * trace goes on under a new parent id if it names exactly one and that is well formed, else a new
 * one begins. A version that nobody knows yet is read as this one, and answered with this one.
 *
 * @param value the header's value: version, trace id, parent id and flags, joined by dashes
 * @param continued whether the client's trace goes on, so that its tracestate belongs to it
 */
record TraceParent(String value, boolean continued) {
  private static final HexFormat HEX = HexFormat.of();
  private static final String VERSION = "00-";
  private static final int TRACE_END = 35;
  private static final int PARENT_END = 52;
  private static final int LENGTH = 55;

  /** Of what the client sent, one text for each line. */
  static TraceParent of(List<String> sent) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // An id of zeros alone is invalid, so one bit is set.
    String parentId = HEX.toHexDigits(random.nextLong() | 1);
    if (sent.size() == 1 && isWellFormed(sent.getFirst())) {
      String clients = sent.getFirst();
      String trace = clients.substring(VERSION.length(), TRACE_END + 1);
      String flags = clients.substring(PARENT_END, LENGTH);
      return new TraceParent(VERSION + trace + parentId + flags, true);
    }
    String traceId = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1);
    return new TraceParent(VERSION + traceId + '-' + parentId + "-01", false);
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
