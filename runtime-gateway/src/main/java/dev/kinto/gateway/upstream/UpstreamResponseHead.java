package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.WebSocketHandshake;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.http1.ReceivedHead;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The head of an upstream's final answer, whose lines {@link dev.kinto.gateway.http1.HeadReader}
 * has checked, and what they say of its body and its connection: there is one framing (contract
 * C35), and a switch is one to WebSocket.
 *
 * @param lines all header lines
 * @param contentLength the announced length, also where no body follows (HEAD, 304)
 * @param hasBody whether a body follows the head
 * @param keepAlive whether the connection may be used again once the body was read
 * @param keptMillis how long the upstream keeps the idle connection, less a margin
 */
record UpstreamResponseHead(
    List<HeaderLine> lines,
    OptionalLong contentLength,
    boolean hasBody,
    boolean keepAlive,
    long keptMillis) {

  /** An upstream that does not say how long it keeps a connection keeps it longer than this. */
  private static final long DEFAULT_KEPT_MILLIS = 4_000;

  private static final long MARGIN_MILLIS = 1_000;

  static UpstreamResponseHead check(ReceivedHead head, String method)
      throws MalformedMessageException {
    int status = head.status();
    OptionalLong length = head.contentLength();
    long keptMillis = keptMillis(head.keepAlive());
    if (head.switchesProtocols()) {
      if (head.chunked()
          || length.isPresent()
          || !WebSocketHandshake.holdsWebSocket(head.lines())) {
        throw new MalformedMessageException("a switch to something else than WebSocket");
      }
      return new UpstreamResponseHead(head.lines(), length, true, false, keptMillis);
    }
    boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
    boolean hasBody = !bodiless && !(length.isPresent() && length.getAsLong() == 0);
    // Without a framing the body ends with the connection. A 204 that announces a body (RFC 9110,
    // section 8.6, forbids it) may be followed by one, which must not meet the next request.
    boolean framed =
        status == 204
            ? !head.chunked() && length.orElse(0) == 0
            : bodiless || head.chunked() || length.isPresent();
    return new UpstreamResponseHead(
        head.lines(), length, hasBody, !head.closes() && framed, keptMillis);
  }

  /** {@code timeout=5, max=100}: seconds, of which one is kept as a margin (contract C34). */
  private static long keptMillis(String keepAlive) {
    if (keepAlive.isEmpty()) {
      return DEFAULT_KEPT_MILLIS;
    }
    for (String parameter : keepAlive.split(",", -1)) {
      String trimmed = parameter.strip();
      if (trimmed.startsWith("timeout=")) {
        try {
          long seconds = Integer.parseInt(trimmed.substring("timeout=".length()));
          return Math.max(0, TimeUnit.SECONDS.toMillis(seconds) - MARGIN_MILLIS);
        } catch (NumberFormatException e) {
          return DEFAULT_KEPT_MILLIS;
        }
      }
    }
    return DEFAULT_KEPT_MILLIS;
  }
}
