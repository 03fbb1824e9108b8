package dev.kinto.client;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link FakeGateway} answers.
 *
 * @param status 0: it hangs up instead
 */
record FakeAnswer(int status, Map<String, String> headers, String body) {
  static final FakeAnswer HANG_UP = of(0, "");

  static FakeAnswer of(int status, String body) {
    return new FakeAnswer(status, Map.of(), body);
  }

  FakeAnswer with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new FakeAnswer(status, more, body);
  }

  void sendTo(HttpExchange exchange) throws IOException {
    if (status == 0) {
      return;
    }
    headers.forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
