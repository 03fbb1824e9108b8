package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.InvalidConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams that are asked whether they are well (contract C34). */
@Timeout(120)
class HealthCheckTest {
  @TempDir Path folder;
  @AutoClose private RawUpstream one;
  @AutoClose private RawUpstream other;
  private final AtomicInteger statusOfOther = new AtomicInteger(200);
  private final AtomicInteger statusOfOne = new AtomicInteger(200);

  @BeforeEach
  void start() throws IOException {
    one = upstream("one", statusOfOne);
    other = upstream("other", statusOfOther);
  }

  private static RawUpstream upstream(String name, AtomicInteger health) throws IOException {
    return RawUpstream.start()
        .answers(
            (request, connection) -> {
              boolean asked = request.target().equals("/health?deep=1");
              connection.send(
                  "HTTP/1.1 %d Fine\r\nContent-Length: %d\r\n\r\n%s"
                      .formatted(asked ? health.get() : 200, name.length(), name));
            });
  }

  private TestGateway.Builder configuration(Object check) throws IOException {
    return withoutCheck().serviceKey("healthCheck", check);
  }

  private TestGateway.Builder withoutCheck() throws IOException {
    return TestGateway.in(folder)
        .service(TestManifest.of("shop").route("GET /x").build(), one.uri(), other.uri())
        .publicRoutes("all");
  }

  private static Map<String, Object> check() {
    return Map.of(
        "path", "/health?deep=1", "interval", "PT0.05S", "unhealthyAfter", 2, "healthyAfter", 2);
  }

  private static RawAnswer call(TestGateway gateway) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      return client.exchange("GET /demo-web/shop/x HTTP/1.1\r\nHost: h\r\n\r\n");
    }
  }

  private static String caller(TestGateway gateway) throws IOException {
    return new String(call(gateway).body(), StandardCharsets.UTF_8);
  }

  private static void awaitUp(TestGateway gateway, URI upstream, String value) throws Exception {
    String line =
        "kinto_upstream_up{address=\"%s\",environment=\"demo\",service=\"shop\"} %s"
            .formatted(upstream, value);
    String metrics = "";
    while (metrics.lines().noneMatch(line::equals)) {
      Thread.sleep(20);
      try (RawClient client = RawClient.to(gateway.admin())) {
        metrics =
            new String(
                client.exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").body(),
                StandardCharsets.UTF_8);
      }
    }
  }

  @Test
  void anUpstreamThatFailsIsNotChosenUntilItPassesAgain() throws Exception {
    try (LogLines log = LogLines.open();
        TestGateway gateway = configuration(check()).start()) {
      awaitUp(gateway, other.uri(), "1.0");
      statusOfOther.set(503);
      awaitUp(gateway, other.uri(), "0.0");
      log.await(
          "Upstream of shop fails its health check, and is not called until it passes: "
              + other.uri()
              + ": GET /health?deep=1 gave 503");
      for (int i = 0; i < 20; i++) {
        assertEquals("one", caller(gateway));
      }
      statusOfOther.set(204);
      awaitUp(gateway, other.uri(), "1.0");
      log.await("Upstream of shop passes its health check: " + other.uri());
      while (!caller(gateway).equals("other")) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void ifAllFailTheCallIsRefusedAtOnce() throws Exception {
    statusOfOne.set(500);
    statusOfOther.set(500);
    try (TestGateway gateway = configuration(check()).start()) {
      awaitUp(gateway, one.uri(), "0.0");
      awaitUp(gateway, other.uri(), "0.0");
      RawAnswer refused = call(gateway);
      assertEquals(502, refused.status());
      assertEquals("upstream-unreachable", refused.json().path("code").stringValue());
      statusOfOne.set(200);
      awaitUp(gateway, one.uri(), "1.0");
      assertEquals("one", caller(gateway));
    }
  }

  /**
   * One that hangs is as unwell as one that says so, and only the status that is asked for counts.
   */
  @Test
  void whoHangsOrAnswersOtherwiseFails() throws Exception {
    statusOfOne.set(204);
    other.answers(
        (request, connection) -> {
          if (request.target().startsWith("/health")) {
            connection.awaitEnd();
          } else {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother");
          }
        });
    try (TestGateway gateway =
        configuration(
                Map.of(
                    "path",
                    "/health?deep=1",
                    "interval",
                    "PT0.05S",
                    "timeout",
                    "PT0.2S",
                    "status",
                    204))
            .start()) {
      awaitUp(gateway, other.uri(), "0.0");
      awaitUp(gateway, one.uri(), "1.0");
      assertEquals("one", caller(gateway));
    }
  }

  /** Nobody knows better yet, for the new check hangs. */
  @Test
  void aCheckThatIsChangedBeginsWithWhatTheOneBeforeFound() throws Exception {
    other.answers(
        (request, connection) -> {
          if (request.target().equals("/hangs")) {
            connection.awaitEnd();
          } else {
            connection.send(
                "HTTP/1.1 %d Fine\r\nContent-Length: 5\r\n\r\nother"
                    .formatted(request.target().startsWith("/health") ? 503 : 200));
          }
        });
    Object hangs = Map.of("path", "/hangs", "timeout", "PT1H");
    try (TestGateway gateway = configuration(check()).start()) {
      awaitUp(gateway, other.uri(), "0.0");
      gateway.reload(configuration(hangs));
      for (int i = 0; i < 20; i++) {
        assertEquals("one", caller(gateway));
      }
      awaitUp(gateway, other.uri(), "0.0");

      gateway.reload(withoutCheck());
      gateway.reload(configuration(hangs));
      awaitUp(gateway, other.uri(), "1.0");
      while (!caller(gateway).equals("other")) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aCheckNeedsAPath() throws Exception {
    InvalidConfigException refused =
        assertThrows(
            InvalidConfigException.class, () -> configuration(Map.of("interval", "PT1S")).start());
    assertTrue(
        refused.problems().getFirst().contains("services.shop.healthCheck.path"),
        refused.problems().toString());
  }
}
