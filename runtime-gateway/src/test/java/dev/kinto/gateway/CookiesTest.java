package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Cookies that microservices set, in a real browser and in curl, whose own rules decide where they
 * are sent (contract C33): with every call of their microservice, and with none of another one.
 */
class CookiesTest {
  /** By name: the attributes, and the paths of microservices that the cookie is sent with. */
  private static final Map<String, List<String>> COOKIES =
      new TreeMap<>(
          Map.of(
              "root", List.of("; Path=/", "/m /m/ /m/x /m/deep/x"),
              "quoted", List.of("; Path=\"/\"", "/m /m/ /m/x /m/deep/x"),
              "known", List.of("; Path=/demo-web/m/", "/m /m/ /m/x /m/deep/x"),
              "none", List.of("", "/m /m/ /m/x /m/deep/x"),
              "wrong", List.of("; Path=nowhere; Path", "/m /m/ /m/x /m/deep/x"),
              "deep", List.of("; Path=/deep; Domain=127.0.0.1", "/m/deep/x"),
              "dated",
                  List.of(
                      "; path = / ; Expires=Wed, 21 Oct 2099 07:28:00 GMT; HttpOnly",
                      "/m /m/ /m/x /m/deep/x")));

  private static final String WHOLE_HOST = "__Host-sid=1; Secure; Path=/";

  @TempDir Path folder;

  @AutoClose private RawUpstream upstream;
  @AutoClose private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.start().answers(CookiesTest::setsAndShows);
    gateway =
        TestGateway.in(folder)
            .service(
                TestManifest.of("m")
                    .route("GET /")
                    .route("GET /x")
                    .route("GET /deep/x")
                    .route("GET /page")
                    .build(),
                upstream.uri())
            .publicRoutes("all")
            .service(TestManifest.of("mm").route("GET /x").build(), upstream.uri())
            .publicRoutes("all")
            .start();
  }

  /** Sets what the query wants to be set, and answers with the cookies that came. */
  private static void setsAndShows(RawRequest request, RawUpstream.Connection connection)
      throws IOException {
    int query = request.target().indexOf("?set=");
    String set =
        query < 0
            ? ""
            : "Set-Cookie: "
                + URLDecoder.decode(request.target().substring(query + 5), StandardCharsets.UTF_8)
                + "\r\n";
    String came = request.header("cookie").orElse("");
    connection.send(
        "HTTP/1.1 200 OK\r\n" + set + "Content-Length: " + came.length() + "\r\n\r\n" + came);
  }

  /** Set with a call of the microservice's root, where a browser's own choice would be too wide. */
  private static String setting(String name, String value) {
    return "/demo-web/m?set="
        + URLEncoder.encode(
                name + "=" + value + COOKIES.get(name).getFirst(), StandardCharsets.UTF_8)
            .replace("+", "%20");
  }

  private static final List<String> PATHS = List.of("/m", "/m/", "/m/x", "/m/deep/x", "/mm/x");

  @Test
  void browserSendsThemToTheirMicroserviceAlone() throws Exception {
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      StringBuilder script =
          new StringBuilder("const sent = {}; const set = path => fetch(path);\n")
              .append("const names = async path => (await (await fetch(path)).text())")
              .append(".split('; ').map(each => each.split('=')[0]);\n")
              .append("const look = async () => { const seen = {};")
              .append(" for (const path of ['/m', '/m/', '/m/x', '/m/deep/x', '/mm/x'])")
              .append(" for (const name of await names('/demo-web' + path))")
              .append(" if (name) seen[name] = ((seen[name] || '') + ' ' + path).trim();")
              .append(" return seen; };\n");
      COOKIES.keySet().forEach(name -> script.append("await set('" + setting(name, "1") + "');\n"));
      script.append("await set('/demo-web/m?set=" + WHOLE_HOST.replace(" ", "%20") + "');\n");
      script.append("sent.set = await look();\n");
      COOKIES.keySet().forEach(name -> script.append("await set('" + ended(name) + "');\n"));
      script.append(
          "await set('/demo-web/m/x?set=" + WHOLE_HOST.replace(" ", "%20") + ";Max-Age=0');\n");
      script.append("sent.ended = await look(); return sent;");
      byte[] page = browser.html(script.toString()).getBytes(StandardCharsets.UTF_8);
      upstream.answers(
          (request, connection) -> {
            if (request.target().equals("/page")) {
              connection.send(
                  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: "
                      + page.length
                      + "\r\n\r\n");
              connection.send(page);
            } else {
              setsAndShows(request, connection);
            }
          });

      JsonNode sent = browser.open(URI.create(gateway.publicApi() + "/demo-web/m/page"));
      COOKIES.forEach(
          (name, cookie) ->
              assertEquals(
                  cookie.getLast(),
                  sent.path("set").path(name).asString(""),
                  name + " in " + sent));
      assertEquals(
          String.join(" ", PATHS), sent.path("set").path("__Host-sid").asString(""), "" + sent);
      assertTrue(sent.path("ended").isEmpty(), "deleted by the same words: " + sent);
    }
  }

  private static String ended(String name) {
    return setting(name, "") + "%3BMax-Age=0";
  }

  @Test
  void curlSendsThemToTheirMicroserviceAlone() throws Exception {
    String reason = "There is no curl on the path.";
    Assumptions.assumeTrue(curlIsThere(), reason);
    for (String name : COOKIES.keySet()) {
      curl(setting(name, "1"));
    }
    Map<String, String> sent = new TreeMap<>();
    for (String path : PATHS) {
      for (String cookie : curl("/demo-web" + path).split("; ", -1)) {
        String name = cookie.replaceFirst("=.*", "");
        sent.merge(name, path, (before, next) -> before + " " + next);
      }
    }
    sent.remove("");
    Map<String, String> wanted = new TreeMap<>();
    COOKIES.forEach((name, cookie) -> wanted.put(name, cookie.getLast()));
    assertEquals(wanted, sent);
    for (String name : COOKIES.keySet()) {
      curl(ended(name));
    }
    assertEquals("", curl("/demo-web/m/deep/x"), "deleted by the same words");
  }

  private static boolean curlIsThere() throws InterruptedException {
    try {
      return new ProcessBuilder("curl", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private String curl(String target) throws IOException, InterruptedException {
    Path body = folder.resolve("curl.txt");
    String jar = folder.resolve("jar.txt").toString();
    Process process =
        new ProcessBuilder(
                "curl", "-sS", "--path-as-is", "-b", jar, "-c", jar, gateway.publicApi() + target)
            .redirectOutput(body.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, target);
    return Files.readString(body);
  }
}
