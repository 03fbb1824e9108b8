package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real browser, Chromium without a window, that opens pages which this serves. A page's script is
 * the body of an async function; what it returns is the page's result.
 *
 * <p>Where there is no Chromium the test is skipped and says so, except where the variable {@code
 * CI} is set: there it fails.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int PATIENCE_SECONDS = 120;

  private final HttpServer pages;
  private final Path profile;
  private final Map<String, String> scripts = new ConcurrentHashMap<>();
  private final BlockingQueue<String> results = new LinkedBlockingQueue<>();

  private Browser(HttpServer pages, Path profile) {
    this.pages = pages;
    this.profile = profile;
  }

  /** Serves pages on a free port, which is an origin of its own. */
  static Browser start(Path profile) throws IOException {
    boolean there = program().isPresent();
    String reason = "There is no Chromium on the path (" + String.join(", ", NAMES) + ").";
    if (System.getenv("CI") != null) {
      assertTrue(there, reason);
    }
    Assumptions.assumeTrue(there, reason);
    HttpServer pages =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Browser browser = new Browser(pages, profile);
    pages.createContext("/", browser::serve);
    pages.start();
    return browser;
  }

  /** The origin of the pages, as a browser sends it. */
  String origin() {
    return "http://127.0.0.1:" + pages.getAddress().getPort();
  }

  /** Opens a page with this script and waits for what it returns. */
  JsonNode run(String script) throws IOException, InterruptedException {
    return open(URI.create(origin() + page(script)));
  }

  /** The path of a page with this script, for a proxy that passes it on to here. */
  String page(String script) {
    String page = "/" + scripts.size() + ".html";
    scripts.put(page, script);
    return page;
  }

  /** Opens a page that {@link #html} made and somebody else serves, and waits for its result. */
  JsonNode open(URI page) throws IOException, InterruptedException {
    Process chromium =
        new ProcessBuilder(
                program().orElseThrow(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // The certificates of tests sign themselves.
                "--ignore-certificate-errors",
                // The debugger keeps a headless browser open until it is ended.
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                page.toString())
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling("chromium.log").toFile())
            .start();
    try {
      String result = results.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTrue(result != null, "the page returned nothing in " + PATIENCE_SECONDS + " s");
      return JsonMapper.shared().readTree(result);
    } finally {
      chromium.descendants().forEach(ProcessHandle::destroyForcibly);
      chromium.destroyForcibly().waitFor();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String script = scripts.get(path);
    if (path.equals("/result")) {
      results.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(204, -1);
    } else if (script == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      byte[] html = html(script).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, html.length);
      exchange.getResponseBody().write(html);
    }
    exchange.close();
  }

  /** A page with this script, for whoever serves it. */
  String html(String script) {
    return """
    <!doctype html><title>test</title><script type="module">
    let result;
    try {
      result = await (async () => { %s })();
    } catch (e) {
      result = { thrown: String(e) };
    }
    await fetch('%s/result', { method: 'POST', mode: 'no-cors', body: JSON.stringify(result) });
    </script>
    """
        .formatted(script, origin());
  }

  private static Optional<String> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> new File(folder, name)))
        .filter(File::canExecute)
        .map(File::getPath)
        .findFirst();
  }

  @Override
  public void close() {
    pages.stop(0);
  }
}
