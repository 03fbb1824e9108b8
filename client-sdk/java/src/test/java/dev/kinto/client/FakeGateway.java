package dev.kinto.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A gateway on a loopback port: {@code /auth} as the contract says, with tokens {@code token-1},
 * {@code token-2} …, and one microservice behaviour for everything else.
 */
final class FakeGateway extends Dispatcher implements AutoCloseable {
  static final String CLIENT = "demo";
  static final String SECRET = "demo-secret";

  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger issued = new AtomicInteger();
  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** What the microservices answer to a call with a good token. */
  volatile Function<RecordedRequest, MockResponse> microservice = request -> ok("hello");

  /** What {@code /auth} answers instead; null as a rule. */
  volatile Function<RecordedRequest, @Nullable MockResponse> auth = request -> null;

  volatile int expiresIn = 1800;

  FakeGateway() {
    server.setDispatcher(this);
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KintoClient.Builder client() {
    return KintoClient.builder(server.url("/").toString(), CLIENT, SECRET);
  }

  HttpUrl url(String path) {
    return server.url(path);
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

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String authorization = request.getHeaders().get("Kinto-Authorization");
    String token = authorization == null ? "" : authorization.replace("Bearer ", "");
    calls.add((request.getMethod() + " " + request.getTarget() + " " + token).strip());
    if (request.getTarget().equals("/auth")) {
      MockResponse instead = auth.apply(request);
      return instead == null ? auth(request, token) : instead;
    }
    if (token.isEmpty()) {
      return problem(401, "token-missing");
    }
    return valid.contains(token) ? microservice.apply(request) : problem(401, "session-ended");
  }

  private MockResponse auth(RecordedRequest request, String token) {
    switch (request.getMethod()) {
      case "POST":
        JsonObject client = JsonParser.parseString(request.getBody().utf8()).getAsJsonObject();
        boolean known =
            client.get("clientId").getAsString().equals(CLIENT)
                && client.get("clientSecret").getAsString().equals(SECRET);
        return known ? grant() : problem(401, "client-invalid");
      case "PUT":
        return valid.remove(token) ? grant() : problem(401, "session-ended");
      default:
        return valid.remove(token)
            ? new MockResponse.Builder().code(204).build()
            : problem(401, "session-ended");
    }
  }

  private MockResponse grant() {
    return ok(
        "{\"token\":\"%s\",\"expiresIn\":%d,\"maxExpiresIn\":43200}".formatted(issue(), expiresIn));
  }

  static MockResponse ok(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  static MockResponse problem(int status, String code) {
    return problem(status, code, "");
  }

  static MockResponse problem(int status, String code, String moreMembers) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/problem+json")
        .body(
            """
            {"type":"https://kinto.dev/problems/%s","title":"T","status":%d,"detail":"D",\
            "code":"%s","requestId":"r-1"%s}\
            """
                .formatted(code, status, code, moreMembers))
        .build();
  }

  static MockResponse redirect(HttpUrl to) {
    return new MockResponse.Builder().code(302).addHeader("Location", to).build();
  }

  @Override
  public void close() {
    server.close();
  }
}
