package dev.kinto.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A gateway on a loopback port: {@code /auth} as the contract says, with tokens {@code token-1},
 * {@code token-2} …, and one microservice behaviour for everything else. Its server is the JDK's,
 * so that the tests run with each version of OkHttp.
 */
final class FakeGateway implements AutoCloseable {
  static final String CLIENT = "demo";
  static final String SECRET = "demo-secret";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger issued = new AtomicInteger();
  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** What the microservices answer to a call with a good token. */
  volatile Function<FakeRequest, FakeAnswer> microservice = request -> ok("hello");

  /** What {@code /auth} answers instead; null as a rule. */
  volatile Function<FakeRequest, @Nullable FakeAnswer> auth = request -> null;

  volatile int expiresIn = 1800;

  /** What it says of a token that is not valid; older gateways know no other word. */
  volatile String refusalCode = "session-ended";

  FakeGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::handle);
      server.setExecutor(threads);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KintoClient.Builder client() {
    return KintoClient.builder(url("/").toString(), CLIENT, SECRET);
  }

  HttpUrl url(String path) {
    return HttpUrl.get("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** All calls so far: method, path, and the token if there was one. */
  List<String> calls() {
    return calls;
  }

  long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  void endSession(String token) {
    valid.remove(token);
  }

  String issue() {
    String token = "token-" + issued.incrementAndGet();
    valid.add(token);
    return token;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      FakeRequest request =
          new FakeRequest(
              exchange.getRequestMethod(),
              target(exchange.getRequestURI()),
              exchange.getRequestHeaders(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      answer(request).sendTo(exchange);
    }
  }

  /** Of the absolute form too, in which a proxy is asked. */
  private static String target(URI uri) {
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private FakeAnswer answer(FakeRequest request) {
    String token = request.token();
    calls.add((request.method() + " " + request.target() + " " + token).strip());
    if (request.target().equals("/auth")) {
      FakeAnswer instead = auth.apply(request);
      return instead == null ? auth(request, token) : instead;
    }
    if (token.isEmpty()) {
      return problem(401, "token-missing");
    }
    return valid.contains(token) ? microservice.apply(request) : problem(401, refusalCode);
  }

  private FakeAnswer auth(FakeRequest request, String token) {
    switch (request.method()) {
      case "POST":
        JsonObject client = JsonParser.parseString(request.body()).getAsJsonObject();
        boolean known =
            client.get("clientId").getAsString().equals(CLIENT)
                && client.get("clientSecret").getAsString().equals(SECRET);
        return known ? grant() : problem(401, "client-invalid");
      case "PUT":
        return valid.remove(token) ? grant() : problem(401, refusalCode);
      default:
        return valid.remove(token) ? FakeAnswer.of(204, "") : problem(401, refusalCode);
    }
  }

  private FakeAnswer grant() {
    return ok(
        "{\"token\":\"%s\",\"expiresIn\":%d,\"maxExpiresIn\":43200}".formatted(issue(), expiresIn));
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static FakeAnswer ok(String body) {
    return FakeAnswer.of(200, body);
  }

  static FakeAnswer problem(int status, String code) {
    return problem(status, code, "");
  }

  static FakeAnswer problem(int status, String code, String moreMembers) {
    String body =
        """
        {"type":"https://kinto.dev/problems/%s","title":"T","status":%d,"detail":"D",\
        "code":"%s","requestId":"r-1"%s}\
        """
            .formatted(code, status, code, moreMembers);
    return FakeAnswer.of(status, body).with("Content-Type", "application/problem+json");
  }

  static FakeAnswer redirect(HttpUrl to) {
    return FakeAnswer.of(302, "").with("Location", to.toString());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
