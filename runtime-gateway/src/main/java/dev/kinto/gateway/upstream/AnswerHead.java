package dev.kinto.gateway.upstream;

import dev.kinto.gateway.wire.HeaderLine;
import dev.kinto.gateway.wire.WebSocketHandshake;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.HttpVersion;

/**
 * The head of an upstream's final answer, whose lines {@link AnswerLines} has checked, and what
 * they say of its body and its connection: there is one framing (contract C35), and a switch is one
 * to WebSocket.
 *
 * @param lines all header lines
 * @param contentLength the announced length, also where no body follows (HEAD, 304)
 * @param hasBody whether a body follows the head
 * @param keepAlive whether the connection may be used again once the body was read
 * @param keptMillis how long the upstream keeps the idle connection, less a margin
 */
record AnswerHead(
    List<HeaderLine> lines,
    OptionalLong contentLength,
    boolean hasBody,
    boolean keepAlive,
    long keptMillis) {

  /** An upstream that does not say how long it keeps a connection keeps it longer than this. */
  private static final long DEFAULT_KEPT_MILLIS = 4_000;

  private static final long MARGIN_MILLIS = 1_000;

  static AnswerHead check(ClassicHttpResponse answer, String method) throws InvalidAnswerException {
    int status = answer.getCode();
    boolean http11 = answer.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
    List<HeaderLine> lines = new ArrayList<>();
    OptionalLong length = OptionalLong.empty();
    boolean chunked = false;
    boolean keepAlive = http11;
    long keptMillis = DEFAULT_KEPT_MILLIS;
    for (Header header : answer.getHeaders()) {
      HeaderLine line = HeaderLine.of(header.getName(), header.getValue());
      lines.add(line);
      switch (line.lowerCaseName()) {
        case "content-length" -> {
          if (length.isPresent()) {
            throw new InvalidAnswerException("more than one Content-Length");
          }
          length = OptionalLong.of(contentLength(line.value()));
        }
        case "transfer-encoding" -> {
          if (chunked || !line.value().equalsIgnoreCase("chunked")) {
            throw new InvalidAnswerException("a Transfer-Encoding other than chunked");
          }
          chunked = true;
        }
        case "connection" -> keepAlive = keepAlive && !holdsToken(line.value(), "close");
        case "keep-alive" -> keptMillis = keptMillis(line.value());
        default -> {}
      }
    }
    if (chunked && length.isPresent()) {
      throw new InvalidAnswerException("both Content-Length and Transfer-Encoding");
    }
    if (status == HttpStatus.SC_SWITCHING_PROTOCOLS) {
      if (chunked || length.isPresent() || !WebSocketHandshake.holdsWebSocket(lines)) {
        throw new InvalidAnswerException("switched to something else than WebSocket");
      }
      return new AnswerHead(lines, length, true, false, keptMillis);
    }
    boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
    boolean hasBody = !bodiless && !(length.isPresent() && length.getAsLong() == 0);
    // Without a framing the body ends with the connection. A 204 that announces a body (RFC 9110,
    // section 8.6, forbids it) may be followed by one, which must not meet the next request.
    boolean framed =
        status == 204
            ? !chunked && length.orElse(0) == 0
            : bodiless || chunked || length.isPresent();
    return new AnswerHead(lines, length, hasBody, keepAlive && framed, keptMillis);
  }

  private static long contentLength(String value) throws InvalidAnswerException {
    boolean digits = !value.isEmpty() && value.length() <= 18;
    for (int i = 0; i < value.length(); i++) {
      digits &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    if (!digits) {
      throw new InvalidAnswerException("a Content-Length that is not a number");
    }
    return Long.parseLong(value);
  }

  private static boolean holdsToken(String list, String token) {
    for (String element : list.split(",", -1)) {
      if (element.strip().equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  /** {@code timeout=5, max=100}: seconds, of which one is kept as a margin (contract C34). */
  private static long keptMillis(String keepAlive) {
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
