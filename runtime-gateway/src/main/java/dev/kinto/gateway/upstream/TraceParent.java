package dev.kinto.gateway.upstream;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of a forwarded request (W3C Trace Context, section 3.2): the client's
 * trace goes on under a new parent id if it is well formed, else a new one begins.
 *
 * @param value the header's value
 * @param continued whether the client's trace goes on, so that its tracestate belongs to it
 */
record TraceParent(String value, boolean continued) {
  private static final Pattern WELL_FORMED =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final HexFormat HEX = HexFormat.of();

  static TraceParent of(@Nullable String clients) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String parentId = HEX.toHexDigits(random.nextLong() | 1);
    if (clients != null && WELL_FORMED.matcher(clients).matches()) {
      return new TraceParent(clients.substring(0, 36) + parentId + clients.substring(52), true);
    }
    String traceId = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1);
    return new TraceParent("00-" + traceId + '-' + parentId + "-01", false);
  }
}
