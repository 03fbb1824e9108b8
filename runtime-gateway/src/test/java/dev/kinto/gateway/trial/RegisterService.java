package dev.kinto.gateway.trial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The microservice of the trials, {@code register}. It keeps nothing: what it is asked to write it
 * answers as session fields, and what it is asked to read is the session fields that it was sent.
 * Its registers are {@code one}, {@code two} and {@code pair}, which is made of the fields {@code
 * left} and {@code right}, always written together.
 */
final class RegisterService implements AutoCloseable {
  /** What each register is made of. */
  static final Map<String, List<String>> FIELDS =
      Map.of("one", List.of("one"), "two", List.of("two"), "pair", List.of("left", "right"));

  private final HttpServer server;

  private RegisterService(HttpServer server) {
    this.server = server;
  }

  static RegisterService start(String host) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(host, 0), 0);
    server.createContext("/", RegisterService::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return new RegisterService(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Its manifest. */
  static String manifest() {
    List<String> routes = new ArrayList<>();
    String reads =
        "\"reads\": [%s]"
            .formatted(
                list(
                    FIELDS.values().stream()
                        .flatMap(List::stream)
                        .map(name -> field(name, "\"required\": false"))
                        .sorted()
                        .toList()));
    routes.add(route("GET", "/all", reads));
    FIELDS.forEach((register, fields) -> routes.add(route("PUT", "/" + register, writes(fields))));
    routes.add(route("POST", "/login", writes(List.of("one")) + ", \"rotatesToken\": true"));
    return """
    { "manifestVersion": 1, "microservice": "register", "routes": [ %s ] }
    """
        .formatted(list(routes));
  }

  private static String writes(List<String> fields) {
    return "\"writes\": [%s]"
        .formatted(list(fields.stream().map(name -> field(name, "")).toList()));
  }

  private static String field(String name, String more) {
    return "{\"field\": \"register-%s\", \"type\": \"String\"%s}"
        .formatted(name, more.isEmpty() ? "" : ", " + more);
  }

  private static String route(String method, String path, String contract) {
    return "{\"method\": \"%s\", \"path\": \"%s\", \"name\": \"%s\", \"title\": \"%s\", %s}"
        .formatted(method, path, method + path, method + path, contract);
  }

  private static String list(List<String> parts) {
    return String.join(", ", parts);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String register = exchange.getRequestURI().getPath().substring(1);
      if (register.equals("all")) {
        byte[] found = found(exchange).getBytes(StandardCharsets.ISO_8859_1);
        exchange.sendResponseHeaders(200, found.length);
        exchange.getResponseBody().write(found);
        return;
      }
      String value = exchange.getRequestURI().getQuery().substring("value=".length());
      FIELDS
          .getOrDefault(register, List.of("one"))
          .forEach(field -> exchange.getResponseHeaders().set("register-" + field, value));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /** The fields that came, one a line. */
  private static String found(HttpExchange exchange) {
    StringBuilder text = new StringBuilder();
    FIELDS.values().stream()
        .flatMap(List::stream)
        .forEach(
            field -> {
              String value = exchange.getRequestHeaders().getFirst("register-" + field);
              text.append(field).append('=').append(value == null ? "" : value).append('\n');
            });
    return text.toString();
  }

  /** What an answer to a read says of each register. Fields of one that differ are both shown. */
  static Map<String, String> registers(String body) {
    Map<String, String> fields = new LinkedHashMap<>();
    body.lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              fields.put(line.substring(0, equals), line.substring(equals + 1));
            });
    Map<String, String> registers = new LinkedHashMap<>();
    FIELDS.forEach(
        (register, parts) ->
            registers.put(
                register, String.join("|", parts.stream().map(fields::get).distinct().toList())));
    return registers;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
