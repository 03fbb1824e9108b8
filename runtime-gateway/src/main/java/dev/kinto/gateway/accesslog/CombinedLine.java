package dev.kinto.gateway.accesslog;

import dev.kinto.gateway.observe.RequestRecord;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Apache's combined log format, as tools read it, the client's id where a user stands; referrer and
 * user agent are not kept. Behind it, as other proxies do, come the request id, the environment,
 * the microservice, the route, the code, the upstream, and the milliseconds in all and upstream:
 *
 * <pre>{@code
 * 127.0.0.1 - web [28/Nov/2026:15:00:00 +0100] "GET /shop/1 HTTP/1.1" 200 5 "-" "-" 1ec9… demo shop
 *     "GET /shop/{id}" - "http://127.0.0.1:9001" 1.204 1.1
 * }</pre>
 */
final class CombinedLine implements LineFormat {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss xx", Locale.ROOT);
  private static final String NOTHING = "-";

  @Override
  public String line(RequestRecord request) {
    StringBuilder line = new StringBuilder(256);
    line.append(request.address()).append(" - ").append(orNothing(request.client())).append(" [");
    TIME.formatTo(request.began().atZone(ZoneId.systemDefault()), line);
    line.append("] ");
    quote(call(request), line);
    line.append(' ').append(request.status()).append(' ').append(request.bytes());
    line.append(" \"-\" \"-\" ").append(request.requestId()).append(' ');
    line.append(orNothing(request.environment())).append(' ');
    line.append(orNothing(request.route().service())).append(' ');
    quote(orNothing(request.route().called()), line);
    line.append(' ').append(orNothing(request.code())).append(' ');
    quote(orNothing(request.upstream().text()), line);
    line.append(' ').append(JsonLine.millis(request.time()));
    line.append(' ').append(JsonLine.millis(request.upstreamTime()));
    return line.toString();
  }

  private static String call(RequestRecord request) {
    return request.method().isEmpty()
        ? NOTHING
        : request.method() + ' ' + request.path() + ' ' + request.protocol();
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? NOTHING : text;
  }

  /** In quotes, with an escape for what would end them or the line. */
  private static void quote(String text, StringBuilder line) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        line.append("\\x%02X".formatted(c & 0xFF));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }
}
