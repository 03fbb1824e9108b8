package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * WebSockets of a page's own origin through a proxy that ends TLS and says {@code wss} of them, as
 * Traefik does: no origin has that scheme, and none is listed (contract C31, C33).
 */
class WebSocketBehindTlsTest {
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static Browser browser;
  @AutoClose private static TestGateway gateway;
  @AutoClose private static RealProxy proxy;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    browser = Browser.start(folder.resolve("profile"));
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .set("trustedProxies", List.of("127.0.0.1"))
            .service(TestManifest.of("news").route("GET /chat").build(), upstream.uri())
            .start();
    TestCertificate held = TestCertificate.in(folder, "localhost");
    Path both = folder.resolve("both.pem");
    Files.writeString(both, Files.readString(held.certificate()) + Files.readString(held.key()));
    proxy =
        RealProxy.haproxyWithTls(
            folder.resolve("haproxy"),
            both,
            "backend gateway\n  option forwardfor\n"
                + "  http-request set-header X-Forwarded-Host %[req.hdr(host)]\n"
                + "  http-request set-header X-Forwarded-Proto https\n"
                + "  http-request set-header X-Forwarded-Proto wss"
                + " if { req.hdr(upgrade) -i websocket }\n"
                + ("  server gateway " + gateway.api().getRawAuthority() + "\n")
                + ("backend pages\n  server pages " + URI.create(browser.origin()).getAuthority())
                + "\n",
            "  use_backend pages if { path_end .html }\n");
    upstream.answers(
        (request, connection) -> {
          connection.send(
              "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Accept: "
                  + BrowserStreamsTest.accept(request.header("sec-websocket-key").orElseThrow())
                  + "\r\n\r\n\u0081\u0005hello");
          connection.awaitEnd();
        });
  }

  private static String opened(String address) throws IOException {
    return """
    const socket = new WebSocket(%s, ['kinto', 'kinto.bearer.%s']);
    return await new Promise((done, failed) => {
      socket.onerror = () => failed('error');
      socket.onmessage = event => { socket.close(); done({ heard: event.data }); };
    });
    """
        .formatted(address, gateway.token());
  }

  @Test
  void pageOpensOneOfItsOwnOrigin() throws Exception {
    String page = browser.page(opened("'wss://' + location.host + '/news/chat'"));
    URI origin = URI.create("https://" + proxy.address().getRawAuthority());
    JsonNode result = browser.open(origin.resolve(page));

    assertEquals("hello", result.path("heard").stringValue(), result.toString());
    RawRequest heard = upstream.take();
    assertEquals(List.of(origin.toString()), heard.all("origin"));
    assertEquals(List.of("https"), heard.all("x-forwarded-proto"));
  }

  @Test
  void pageOfAnotherOriginDoesNot() throws Exception {
    String address = "'wss://" + proxy.address().getRawAuthority() + "/news/chat'";
    assertEquals("error", browser.run(opened(address)).path("thrown").stringValue());
  }

  /** It sends no origin. */
  @Test
  void nodeOpensOne() throws Exception {
    boolean there =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .anyMatch(folder -> new File(folder, "node").canExecute());
    assumeTrue(there, "There is no node on the path.");
    String address = "'wss://" + proxy.address().getRawAuthority() + "/news/chat'";
    String script =
        "(async () => { %s })().then(r => { console.log(r.heard); process.exit(); })"
            .formatted(opened(address));
    ProcessBuilder node = new ProcessBuilder("node", "--experimental-websocket", "-e", script);
    node.environment().put("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    Process process = node.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertFalse(said.lines().noneMatch("hello"::equals), said);
    assertEquals(List.of("https"), upstream.take().all("x-forwarded-proto"));
  }
}
