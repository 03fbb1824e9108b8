package dev.kinto.examples;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** A microservice on a loopback port, called as the gateway calls it. */
public final class RunningService implements AutoCloseable {
  private final WebServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  public RunningService(HttpService routes) {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.register(routes))
            .shutdownHook(false)
            .build()
            .start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  public HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET().build());
  }

  public HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)).build());
  }

  /** The lines of an answer as they come. */
  public Stream<String> follow(String path, String... headers) throws Exception {
    return http.send(request(path, headers).GET().build(), BodyHandlers.ofLines()).body();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
    server.stop();
  }
}
