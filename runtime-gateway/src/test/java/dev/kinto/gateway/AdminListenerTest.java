package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators ask on the admin listener (contract C18, C42, C43). */
class AdminListenerTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
                  .publicRoutes("all")
                  .set("listeners.admin.hosts", List.of("admin.example.com")));

  private static final RawUpstream upstream = gateway.upstream();

  private static RawAnswer ask(String methodAndTarget, String... lines) throws IOException {
    try (RawClient client = RawClient.to(gateway.running().admin())) {
      return client.exchange(
          methodAndTarget + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET /health/live", "GET /health/ready", "GET /health", "HEAD /health/ready"})
  void healthMayBeAskedByAnybody(String request) throws IOException {
    RawAnswer answer = ask(request, "Host: 127.0.0.1");

    assertEquals(200, answer.status(), answer.toString());
    assertEquals(Optional.of("application/json"), answer.header("content-type"));
    assertEquals(Optional.of("no-store"), answer.header("cache-control"));
    assertEquals(Optional.of("15"), answer.header("content-length"));
    if (request.startsWith("GET")) {
      assertEquals("UP", answer.json().path("status").stringValue());
    }
  }

  /** As health checks ask that have not changed for decades, often without a Host (C18). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: 127.0.0.1\r\n",
        "Connection: keep-alive\r\n",
        "Expect: 100-continue\r\n"
      })
  void healthMayBeAskedInHttp10(String lines) throws IOException {
    try (RawClient client = RawClient.to(gateway.running().admin())) {
      RawAnswer answer = client.exchange("GET /health/ready HTTP/1.0\r\n" + lines + "\r\n");

      assertEquals(200, answer.status(), answer.toString());
      assertEquals("{\"status\":\"UP\"}", answer.text());
      assertEquals(Optional.of("close"), answer.header("connection"));
      assertTrue(client.ended());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /health HTTP/1.0, Host: evil.example, 421",
    "GET /health HTTP/1.0, Transfer-Encoding: chunked, 400",
    "GET /health HTTP/1.2, Host: localhost, 505",
    "GET /health HTTP/1.1, Accept: */*, 400",
    "GET /other HTTP/1.0, Accept: */*, 404"
  })
  void http10OpensNothingElse(String line, String header, int status) throws IOException {
    try (RawClient client = RawClient.to(gateway.running().admin())) {
      RawAnswer answer = client.exchange(line + "\r\n" + header + "\r\n\r\n");

      assertEquals(status, answer.status(), answer.toString());
    }
  }

  @Test
  void applicationsDoNotSpeakHttp10() throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(505, client.exchange("GET /demo-web/m/x HTTP/1.0\r\n\r\n").status());
    }
  }

  @Test
  void healthIsOnlyRead() throws IOException {
    RawAnswer answer = ask("POST /health/live", "Host: 127.0.0.1", "Content-Length: 0");

    assertEquals("method-not-allowed", answer.code(), answer.toString());
    assertEquals(Optional.of("GET, HEAD"), answer.header("allow"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/auth", "/m/x", "/demo-web/m/x", "/health/", "/health/x", "/metric"})
  void nothingElseMayBeAskedWithoutASecret(String target) throws IOException {
    RawAnswer answer = ask("GET " + target, "Host: 127.0.0.1", "Authorization: Bearer guessed");

    assertEquals("admin-disabled", answer.code(), answer.toString());
    assertTrue(upstream.received().isEmpty(), "no upstream is called");
  }

  /** A page may give its own name this address (DNS rebinding), but not one of ours. */
  @ParameterizedTest
  @CsvSource({
    "evil.example, 421",
    "evil.example:9090, 421",
    "127.0.0.1.evil.example, 421",
    "127.1, 421",
    "2130706433, 421",
    "xadmin.example.com, 421",
    "admin.example.com, 200",
    "Admin.Example.com.:1, 200",
    "localhost:9090, 200",
    "10.1.2.3:9090, 200",
    "[::1]:9090, 200",
  })
  void itIsCalledByItsOwnNamesOnly(String host, int status) throws IOException {
    RawAnswer answer = ask("GET /health/live", "Host: " + host);

    assertEquals(status, answer.status(), answer.toString());
    assertEquals(status == 421 ? "host-unknown" : "", answer.code());
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, 403",
    "null, 403",
    "https://127.0.0.1:9090, 403",
    "http://127.0.0.1:9091, 403",
    "http://127.0.0.1:9090, 200",
  })
  void pagesOfOthersMayNotAsk(String origin, int status) throws IOException {
    RawAnswer answer = ask("GET /health/live", "Host: 127.0.0.1:9090", "Origin: " + origin);

    assertEquals(status, answer.status(), answer.toString());
    assertEquals(Optional.empty(), answer.header("access-control-allow-origin"));
  }

  @Test
  void itAnswersNothingOfTheOtherListeners() throws IOException {
    for (var address : List.of(gateway.api(), gateway.publicApi())) {
      try (RawClient client = RawClient.to(address)) {
        RawAnswer answer = client.exchange("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertTrue(List.of(401, 404).contains(answer.status()), answer.toString());
      }
    }
  }

  /** A gateway that knows nobody's session can serve nobody, though it lives. */
  @Test
  void withoutItsGridAGatewayIsNotReady(@TempDir Path folder) throws Exception {
    try (TestGateway lost = TestGateway.in(folder).start()) {
      Ignite grid = lost.grid();
      grid.close();
      try (RawClient client = RawClient.to(lost.admin())) {
        String host = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        RawAnswer ready = client.exchange("GET /health/ready" + host);
        assertEquals(503, ready.status(), ready.toString());
        assertEquals("DOWN", ready.json().path("status").stringValue());
        assertEquals(200, client.exchange("GET /health/live" + host).status());
      }
    }
  }
}
