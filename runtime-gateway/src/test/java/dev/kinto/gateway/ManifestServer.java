package dev.kinto.gateway;

import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A microservice that shows a manifest at the well-known path, or whatever a test has it answer
 * there, and 200 everywhere else.
 */
final class ManifestServer implements AutoCloseable {
  private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

  private final RawUpstream upstream;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile RawUpstream.Script answer = (_, connection) -> connection.send(NOT_FOUND);
  private volatile RawUpstream.Script otherwise =
      (_, connection) -> connection.send(RawUpstream.OK);

  private ManifestServer(RawUpstream upstream) {
    this.upstream = upstream;
    upstream.answers(
        (request, connection) -> {
          if (asksForManifest(request)) {
            asked.incrementAndGet();
            answer.answer(request, connection);
          } else {
            otherwise.answer(request, connection);
          }
        });
  }

  private static boolean asksForManifest(RawRequest request) {
    return request.line().startsWith("GET " + Manifest.WELL_KNOWN_PATH);
  }

  /** Starts one that has no manifest. */
  static ManifestServer start() throws IOException {
    return new ManifestServer(RawUpstream.start());
  }

  /** Starts one that speaks TLS. */
  static ManifestServer start(SSLContext tls) throws IOException {
    return new ManifestServer(RawUpstream.start(tls));
  }

  URI uri() {
    return upstream.uri();
  }

  /** The address of the manifest. */
  String url() {
    return uri() + Manifest.WELL_KNOWN_PATH;
  }

  ManifestServer shows(Manifest manifest) {
    return shows(manifest.toJson());
  }

  ManifestServer shows(String text) {
    return shows("200 OK", "", text);
  }

  /** Answers with a status, header lines and a body. */
  ManifestServer shows(String status, String headers, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n";
    return shows((_, connection) -> connection.send(head).send(body));
  }

  ManifestServer shows(RawUpstream.Script script) {
    answer = script;
    return this;
  }

  /** What other addresses answer. */
  ManifestServer answers(String raw) {
    otherwise = (_, connection) -> connection.send(raw);
    return this;
  }

  /** The next request that is not for the manifest. */
  RawRequest takeCall() {
    RawRequest request = upstream.take();
    while (asksForManifest(request)) {
      request = upstream.take();
    }
    return request;
  }

  /** How often it was asked for its manifest. */
  int asked() {
    return asked.get();
  }

  /** Waits until it was asked for its manifest that many times more. */
  void awaitAsked(int times) throws InterruptedException {
    int wanted = asked.get() + times;
    long began = System.nanoTime();
    while (asked.get() < wanted) {
      if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(30)) {
        throw new AssertionError("The manifest was not asked for");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Override
  public void close() throws IOException {
    upstream.close();
  }
}
