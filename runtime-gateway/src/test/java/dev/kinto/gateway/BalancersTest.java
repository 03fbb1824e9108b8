package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Load balancers that cannot be had here, by the headers that they document to send, with what the
 * table in docs/operating.md says to list (contract C31). RealProxyTest has those that can.
 */
class BalancersTest {
  /** Where the balancer calls the gateway from. */
  private static final String BALANCER = "127.0.0.4";

  @TempDir private static Path folder;

  @AutoClose private static RawUpstream upstream;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    upstream = RawUpstream.start();
    gateway = trusting(BALANCER).start();
  }

  private static TestGateway.Builder trusting(String... proxies) throws IOException {
    return TestGateway.in(folder)
        .set("trustedProxies", List.of(proxies))
        .set("authLimits.perAddress.requests", 2)
        .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
        .publicRoutes("all");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS ALB | 127.0.0.0/29 | X-Forwarded-For: 6.6.6.6, 198.51.100.7;X-Forwarded-Proto:"
            + " https;X-Forwarded-Port: 443 | 198.51.100.7, 127.0.0.4",
        "Google | 127.0.0.4 203.0.113.10 | X-Forwarded-For:"
            + " 6.6.6.6,198.51.100.7,203.0.113.10;X-Forwarded-Proto: https;Via: 1.1 google |"
            + " 198.51.100.7, 203.0.113.10, 127.0.0.4",
        "Google without its rule's address | 127.0.0.4"
            + " | X-Forwarded-For: 6.6.6.6,198.51.100.7,203.0.113.10;X-Forwarded-Proto: https"
            + " | 203.0.113.10, 127.0.0.4",
        "Azure | 127.0.0.4 | X-Forwarded-For: 6.6.6.6, 198.51.100.7:50012;X-Forwarded-Proto:"
            + " https;X-Original-Host: api.example.com | 198.51.100.7, 127.0.0.4",
        "Cloudflare | 127.0.0.4 | X-Forwarded-For: 6.6.6.6, 2001:DB8::7;X-Forwarded-Proto:"
            + " https;CF-Connecting-IP: 2001:DB8::7 | 2001:db8::7, 127.0.0.4",
        "Cloudflare before AWS ALB | 127.0.0.4 173.245.48.0/20"
            + " | X-Forwarded-For: 6.6.6.6,198.51.100.7, 173.245.48.9;X-Forwarded-Proto: https"
            + " | 198.51.100.7, 173.245.48.9, 127.0.0.4",
        "Envoy | 127.0.0.4 | x-forwarded-for: 6.6.6.6,198.51.100.7;x-forwarded-proto:"
            + " https;x-envoy-external-address: 198.51.100.7 | 198.51.100.7, 127.0.0.4",
        "Traefik | 127.0.0.4 | X-Forwarded-For: 198.51.100.7;X-Forwarded-Host:"
            + " api.example.com;X-Forwarded-Port: 443;X-Forwarded-Proto: https;X-Forwarded-Server:"
            + " t;X-Real-Ip: 198.51.100.7 | 198.51.100.7, 127.0.0.4",
        "Traefik with a WebSocket | 127.0.0.4 | X-Forwarded-For: 198.51.100.7;X-Forwarded-Host:"
            + " api.example.com;X-Forwarded-Proto: wss | 198.51.100.7, 127.0.0.4",
      })
  void clientIsTheOneThatTheBalancerSaw(String name, String trusted, String sent, String heard)
      throws Exception {
    gateway.reload(trusting(trusted.split(" ", -1)));

    assertEquals(
        200, call("GET /" + TestGateway.CLIENT + "/m/x", sent.replace(";", "\r\n")).status());
    RawRequest received = upstream.take();
    assertEquals(List.of(heard), received.all("x-forwarded-for"), name);
    assertEquals(List.of("https"), received.all("x-forwarded-proto"), name);
    assertEquals(List.of("api.example.com"), received.all("x-forwarded-host"), name);
  }

  /** Clients that are told apart do not use up one another's attempts. */
  @Test
  void eachClientHasAThrottleOfItsOwn() throws Exception {
    gateway.reload(trusting(BALANCER, "203.0.113.10"));
    for (int client = 1; client <= 10; client++) {
      String sent = "X-Forwarded-For: \", 198.51.100." + client + ",203.0.113.10";
      assertEquals(400, call("POST /auth", sent).status());
      assertEquals(400, call("POST /auth", sent).status());
      assertEquals(429, call("POST /auth", sent).status());
    }
  }

  private static RawAnswer call(String line, String lines) throws IOException {
    boolean open = line.startsWith("GET");
    try (RawClient client = RawClient.to(open ? gateway.publicApi() : gateway.api(), BALANCER)) {
      String body = open ? "\r\n" : "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
      return client.exchange(
          line + " HTTP/1.1\r\nHost: api.example.com\r\n" + lines + "\r\n" + body);
    }
  }
}
