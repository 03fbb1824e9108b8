package dev.kinto.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The gateway of client-sdk/vectors, on a loopback port. */
final class VectorGateway implements AutoCloseable {
  private static final String HEADER = "Kinto-Authorization";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server = start(this::handle);
  private final HttpServer elsewhere = start(VectorGateway::tellTheToken);
  private final List<String> requests = new ArrayList<>();
  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private final JsonObject behaviour = new JsonObject();
  private @Nullable String renewable;
  private int issued;

  private HttpServer start(com.sun.net.httpserver.HttpHandler handler) {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      started.createContext("/", handler);
      started.setExecutor(threads);
      started.start();
      return started;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void behave(JsonObject change) {
    change.entrySet().forEach(entry -> behaviour.add(entry.getKey(), entry.getValue()));
    if (change.has("ends")) {
      valid.remove(change.get("ends").getAsString());
    }
    if (change.has("renews")) {
      renewable = change.get("renews").getAsString();
    }
    for (int i = 0; change.has("knows") && i < change.get("knows").getAsInt(); i++) {
      issue();
    }
  }

  synchronized long count(String request) {
    return requests.stream().filter(request::equals).count();
  }

  synchronized List<String> takeRequests() {
    List<String> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  private String issue() {
    String token = "token-" + ++issued;
    valid.add(token);
    return token;
  }

  private static void tellTheToken(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst(HEADER);
    send(exchange, 200, token == null ? "no token" : token);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String sent = exchange.getRequestHeaders().getFirst(HEADER);
    String token = sent == null ? "" : sent.replaceFirst("^Bearer ", "");
    JsonObject answer;
    synchronized (this) {
      String name = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add((name + " " + token).strip());
      JsonObject special = special(name, exchange.getRequestURI().toString());
      answer = special == null ? usual(exchange, token, body) : special;
      if (answer.has("rotates")) {
        valid.remove(token);
        exchange.getResponseHeaders().set("Kinto-Token", issue());
      }
    }
    if (answer.has("hangUp")) {
      exchange.close();
      return;
    }
    answer(exchange, answer);
  }

  private @Nullable JsonObject special(String name, String path) {
    JsonObject answers = behaviour.getAsJsonObject("answers");
    if (answers == null) {
      return null;
    }
    for (String key : List.of(name, path, path.equals("/auth") ? "" : "*")) {
      JsonElement found = answers.get(key);
      if (found != null && found.isJsonObject()) {
        return found.getAsJsonObject();
      }
    }
    return null;
  }

  private void answer(HttpExchange exchange, JsonObject answer) throws IOException {
    int status = answer.has("status") ? answer.get("status").getAsInt() : 200;
    String body = answer.has("body") ? answer.get("body").getAsString() : "";
    if (answer.has("headers")) {
      for (Map.Entry<String, JsonElement> line : answer.getAsJsonObject("headers").entrySet()) {
        exchange.getResponseHeaders().set(line.getKey(), line.getValue().getAsString());
      }
    }
    if (answer.has("to")) {
      String to = answer.get("to").getAsString();
      String other = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/";
      exchange.getResponseHeaders().set("Location", to.equals("elsewhere") ? other : to);
    }
    if (answer.has("problem")) {
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
      body = answer.get("problem").toString();
    }
    send(exchange, status, body);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private JsonObject usual(HttpExchange exchange, String token, String body) {
    String method = exchange.getRequestMethod();
    if (!exchange.getRequestURI().toString().equals("/auth")) {
      return valid.contains(token)
          ? text(method.equals("POST") && !body.isEmpty() ? body : "hello")
          : refused();
    }
    if (method.equals("POST")) {
      JsonObject client = JsonParser.parseString(body).getAsJsonObject();
      return client.get("clientSecret").getAsString().equals("demo-secret")
          ? grant()
          : problem("client-invalid");
    }
    boolean known = valid.contains(token) || token.equals(renewable);
    renewable = token.equals(renewable) ? null : renewable;
    if (!method.equals("PUT") || !behaviour.has("grace")) {
      valid.remove(token);
    }
    if (!known) {
      return refused();
    }
    if (method.equals("PUT")) {
      return grant();
    }
    JsonObject gone = new JsonObject();
    gone.addProperty("status", 204);
    return gone;
  }

  private JsonObject refused() {
    return problem(
        behaviour.has("refusal") ? behaviour.get("refusal").getAsString() : "session-ended");
  }

  private JsonObject grant() {
    return text("{\"token\":\"%s\",\"expiresIn\":1800,\"maxExpiresIn\":43200}".formatted(issue()));
  }

  private static JsonObject text(String body) {
    JsonObject answer = new JsonObject();
    answer.addProperty("body", body);
    return answer;
  }

  private static JsonObject problem(String code) {
    JsonObject problem = new JsonObject();
    problem.addProperty("code", code);
    JsonObject answer = new JsonObject();
    answer.addProperty("status", 401);
    answer.add("problem", problem);
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
    elsewhere.stop(0);
    threads.close();
  }
}
