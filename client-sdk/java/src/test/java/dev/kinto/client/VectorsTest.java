package dev.kinto.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The behaviour that all clients share, as client-sdk/vectors says it. */
final class VectorsTest {
  private static final Path VECTORS = Path.of("..", "vectors");

  @TestFactory
  Stream<DynamicTest> everyVector() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(VECTORS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        for (JsonElement each : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
          JsonObject vector = each.getAsJsonObject();
          tests.add(DynamicTest.dynamicTest(text(vector, "name"), () -> run(vector)));
        }
      }
    }
    return tests.stream();
  }

  private static void run(JsonObject vector) throws Exception {
    try (VectorGateway gateway = new VectorGateway()) {
      Run run = new Run(gateway, vector);
      for (JsonElement step : vector.getAsJsonArray("steps")) {
        run.step(step.getAsJsonObject());
      }
    }
  }

  /** One vector that is being run. */
  private static final class Run {
    private final VectorGateway gateway;
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger lost = new AtomicInteger();
    private final KintoClient kinto;
    private @Nullable String stored;

    Run(VectorGateway gateway, JsonObject vector) {
      this.gateway = gateway;
      stored = vector.has("stored") ? text(vector, "stored") : null;
      boolean repeat = vector.has("repeatAfterSessionLost");
      kinto =
          KintoClient.builder(gateway.url(), "demo", "demo-secret")
              .http(new OkHttpClient.Builder().retryOnConnectionFailure(false).build())
              .nanoClock(nanos::get)
              .repeatCallsAfterSessionLost(repeat)
              .onSessionLost(lost::incrementAndGet)
              .tokenStore(new Store())
              .build();
    }

    void step(JsonObject step) throws Exception {
      String where = step.toString();
      if (step.has("gateway")) {
        gateway.behave(step.getAsJsonObject("gateway"));
      }
      if (step.has("pass")) {
        nanos.addAndGet(Duration.ofSeconds(step.get("pass").getAsLong()).toNanos());
      }
      if (step.has("endSession")) {
        end(step);
      }
      if (step.has("call")) {
        call(step);
      }
      expect(step, where);
    }

    private void end(JsonObject step) throws IOException {
      if (step.has("error")) {
        assertFails(step, kinto::endSession);
      } else {
        kinto.endSession();
      }
    }

    private void call(JsonObject step) throws Exception {
      int times = step.has("times") ? step.get("times").getAsInt() : 1;
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Object>> calls =
            threads.invokeAll(
                Collections.nCopies(
                    times,
                    () -> {
                      callOnce(step);
                      return "";
                    }));
        for (Future<Object> call : calls) {
          call.get();
        }
      }
    }

    private void callOnce(JsonObject step) throws IOException {
      String[] parts = text(step, "call").split(" ", 2);
      RequestBody body =
          step.has("sends")
              ? RequestBody.create(text(step, "sends"), MediaType.get("text/plain"))
              : null;
      Request request =
          new Request.Builder().url(kinto.url(parts[1])).method(parts[0], body).build();
      if (step.has("error")) {
        assertFails(step, () -> kinto.execute(request).close());
        return;
      }
      try (Response response = kinto.http().newCall(request).execute()) {
        assertEquals(step.get("status").getAsInt(), response.code(), step::toString);
        if (step.has("body")) {
          assertEquals(text(step, "body"), response.body().string(), step::toString);
        }
      }
    }

    private void assertFails(JsonObject step, Failing work) {
      JsonObject error = step.getAsJsonObject("error");
      IOException failure = assertThrows(IOException.class, work::run, step::toString);
      ProblemDetails problem =
          failure instanceof ProblemException ? ((ProblemException) failure).problem() : null;
      assertEquals(text(error, "code"), problem == null ? "" : problem.code(), step::toString);
      if (error.has("fields")) {
        assertEquals(text(error, "requestId"), problem.requestId());
        assertEquals("[auth-userId (from POST /auth/login)]", problem.fields().toString());
      }
    }

    private void expect(JsonObject step, String where) {
      if (step.has("counts")) {
        step.getAsJsonObject("counts")
            .entrySet()
            .forEach(
                count ->
                    assertEquals(
                        count.getValue().getAsLong(), gateway.count(count.getKey()), where));
      }
      if (step.has("requests")) {
        List<String> wanted = new ArrayList<>();
        JsonArray requests = step.getAsJsonArray("requests");
        requests.forEach(request -> wanted.add(request.getAsString()));
        assertEquals(wanted, gateway.takeRequests(), where);
      }
      if (step.has("lost")) {
        assertEquals(step.get("lost").getAsInt(), lost.get(), where);
      }
      if (step.has("stored")) {
        if (step.get("stored").isJsonNull()) {
          assertNull(stored, where);
        } else {
          assertEquals(text(step, "stored"), stored, where);
        }
      }
    }

    private final class Store implements TokenStore {
      @Override
      public Optional<String> load() {
        return Optional.ofNullable(stored);
      }

      @Override
      public void save(String token) {
        stored = token;
      }

      @Override
      public void clear() {
        stored = null;
      }
    }
  }

  @FunctionalInterface
  private interface Failing {
    void run() throws IOException;
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
