package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * nginx and HAProxy in front of a gateway, configured as docs/operating.md says: who the client is
 * (contract C31), what its way back is (C33), and what their caches keep (C32).
 */
class RealProxyTest {
  /** The client's address; the proxies call the gateway from 127.0.0.1. */
  private static final String CLIENT = "127.0.0.2";

  private static final String OPEN = "/" + TestGateway.CLIENT + "/m/x";

  @TempDir Path proxyFolder;

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .set("trustedProxies", List.of("127.0.0.1", "127.0.0.3"))
                  .service(
                      TestManifest.of("m")
                          .route("GET /x")
                          .route("POST /x")
                          .route("GET /mine")
                          .mayRead("m-name", "nobody")
                          .route("POST /login")
                          .writes("m-name")
                          .build(),
                      upstream.uri())
                  .publicRoutes("GET /x", "POST /x"));

  private static final RawUpstream upstream = gateway.upstream();

  private RealProxy nginx(URI to) throws Exception {
    String example = RealProxy.documented("nginx", to);
    int location = example.indexOf("location");
    return RealProxy.nginx(
        proxyFolder, example.substring(0, location), example.substring(location));
  }

  private RealProxy haproxy(URI to) throws Exception {
    return RealProxy.haproxy(proxyFolder, RealProxy.documented("haproxy", to), "");
  }

  private RealProxy proxy(String program, URI to) throws Exception {
    return program.equals("nginx") ? nginx(to) : haproxy(to);
  }

  /** Whatever a client puts before its address, quotes and half of a list included. */
  @ParameterizedTest
  @ValueSource(strings = {"nginx", "haproxy"})
  void clientIsTheOneThatCalledTheProxy(String program) throws Exception {
    try (RealProxy proxy = proxy(program, gateway.publicApi())) {
      for (String lines :
          List.of(
              "X-Own: 1",
              "X-Forwarded-For: 6.6.6.6",
              "X-Forwarded-For: \"",
              "X-Forwarded-For: \"6.6.6.6, 6.6.6.6\\",
              "X-Forwarded-For: 6.6.6.6,,,",
              "X-Forwarded-For: 127.0.0.3\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-For: a",
              "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https",
              "X-Forwarded-Prefix: /evil\r\nX-Forwarded-Prefix: //evil.example",
              "Forwarded: for=\"\r\nForwarded: for=6.6.6.6;host=evil.example;proto=https")) {
        assertEquals(200, call(proxy, "GET " + OPEN, lines).status());
        RawRequest heard = upstream.take();
        assertEquals(List.of(CLIENT + ", 127.0.0.1"), heard.all("x-forwarded-for"), lines);
        assertEquals(List.of("shop.example:8443"), heard.all("x-forwarded-host"), lines);
        assertEquals(List.of("http"), heard.all("x-forwarded-proto"), lines);
        assertEquals(List.of("/demo-web/m"), heard.all("x-forwarded-prefix"), lines);
        assertEquals(
            List.of("for=127.0.0.2;host=\"shop.example:8443\";proto=http, for=127.0.0.1"),
            heard.all("forwarded"),
            lines);
      }
    }
  }

  /** Two proxies: both are listed, so neither is taken for the client. */
  @Test
  void clientIsFoundBehindTwoProxies() throws Exception {
    try (RealProxy inner = nginx(gateway.publicApi())) {
      String server = inner.address().getRawAuthority();
      String backend = RealProxy.documented("haproxy", inner.address());
      try (RealProxy outer =
          RealProxy.haproxy(
              proxyFolder, backend.replace(server, server + " source 127.0.0.3"), "")) {
        call(outer, "GET " + OPEN, "X-Forwarded-For: 6.6.6.6, 127.0.0.3");
        assertEquals(
            List.of(CLIENT + ", 127.0.0.3, 127.0.0.1"), upstream.take().all("x-forwarded-for"));
      }
    }
  }

  /** The prefix that nginx takes off comes back in addresses and cookies. */
  @Test
  void clientFindsItsWayBackBelowAPrefixOfNginx() throws Exception {
    String example = RealProxy.documented("nginx", gateway.publicApi());
    int location = example.indexOf("location");
    String below =
        example
            .substring(location)
            .replace("location / {", "location /shop/ {")
            .replace(
                "proxy_pass " + gateway.publicApi() + ";",
                "proxy_pass " + gateway.publicApi() + "/;")
            .replace("X-Forwarded-Prefix \"\"", "X-Forwarded-Prefix /shop");
    try (RealProxy proxy = RealProxy.nginx(proxyFolder, example.substring(0, location), below)) {
      upstream.answers(
          (request, connection) ->
              connection.send(
                  "HTTP/1.1 302 Found\r\nLocation: http://"
                      + request.header("x-forwarded-host").orElseThrow()
                      + request.header("x-forwarded-prefix").orElseThrow()
                      + "/y\r\nContent-Location: /x\r\nLink: <"
                      + upstream.uri()
                      + "/z>; rel=next\r\nSet-Cookie: a=1; Path=/\r\nContent-Length: 0\r\n\r\n"));
      RawAnswer answer = call(proxy, "GET /shop" + OPEN, "X-Forwarded-Prefix: /evil");

      String called = "http://shop.example:8443/shop/demo-web/m";
      assertEquals(Optional.of(called + "/y"), answer.header("location"));
      assertEquals(Optional.of("/shop/demo-web/m/x"), answer.header("content-location"));
      assertEquals(Optional.of("<" + called + "/z>; rel=next"), answer.header("link"));
      assertEquals(Optional.of("a=1; Path=/shop/demo-web/m"), answer.header("set-cookie"));
    }
  }

  private RealProxy cache(String program, URI to) throws Exception {
    if (program.equals("haproxy")) {
      return RealProxy.haproxy(
          proxyFolder,
          "cache pages\n  total-max-size 4\n  max-age 60\n" + RealProxy.documented("haproxy", to),
          "  http-request cache-use pages\n  http-response cache-store pages\n");
    }
    return RealProxy.nginx(
        proxyFolder,
        "proxy_cache_path pages keys_zone=pages:1m;",
        "location / { proxy_pass " + to + "; proxy_http_version 1.1; proxy_cache pages; }");
  }

  /** A microservice that thinks of browsers' caches only, as most do. */
  @ParameterizedTest
  @ValueSource(strings = {"nginx", "haproxy"})
  void cacheGivesNobodyAnothersPage(String program) throws Exception {
    String alice = tokenOf("alice");
    String bob = tokenOf("bob");
    try (RealProxy cache = cache(program, gateway.api())) {
      for (String fields :
          List.of(
              "Cache-Control: max-age=60",
              "Expires: Thu, 01 Jan 2099 00:00:00 GMT",
              "Cache-Control: public, max-age=60",
              "Cache-Control: s-maxage=60\r\nVary: Accept",
              "Cache-Control: max-age=60\r\nLast-Modified: Thu, 01 Jan 2015 00:00:00 GMT")) {
        answersWithTheReadersName(fields);
        String page = "GET /m/mine?" + fields.hashCode();
        for (int i = 0; i < 2; i++) {
          assertEquals("alice", call(cache, page, bearer(alice)).text(), fields);
          assertEquals("bob", call(cache, page, bearer(bob)).text(), fields);
          assertEquals(401, call(cache, page, "X-Own: 1").status(), fields);
        }
      }
    }
  }

  /** The caches do cache: what is public is asked for once. */
  @ParameterizedTest
  @ValueSource(strings = {"nginx", "haproxy"})
  void cacheKeepsWhatIsPublic(String program) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    upstream.answers(
        (_, connection) ->
            connection.send(
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 1\r\n\r\n"
                    + asked.incrementAndGet()));
    try (RealProxy cache = cache(program, gateway.publicApi())) {
      for (int i = 0; i < 3; i++) {
        assertEquals("1", call(cache, "GET " + OPEN, "X-Own: 1").text());
      }
    }
  }

  private static void answersWithTheReadersName(String fields) {
    upstream.answers(
        (request, connection) -> {
          String name = request.header("m-name").orElseThrow();
          connection.send(
              "HTTP/1.1 200 OK\r\n"
                  + fields
                  + "\r\nContent-Length: "
                  + name.length()
                  + "\r\n\r\n"
                  + name);
        });
  }

  private static String tokenOf(String name) throws IOException {
    String token = gateway.token();
    upstream.answers("HTTP/1.1 200 OK\r\nm-name: " + name + "\r\nContent-Length: 0\r\n\r\n");
    RawAnswer login = gateway.send("POST /m/login", token);
    assertTrue(login.status() == 200, login.toString());
    return token;
  }

  private static RawAnswer call(RealProxy proxy, String line, String lines) throws IOException {
    try (RawClient client = RawClient.to(proxy.address(), CLIENT)) {
      return client.exchange(
          line + " HTTP/1.1\r\nHost: shop.example:8443\r\n" + lines + "\r\n\r\n");
    }
  }
}
