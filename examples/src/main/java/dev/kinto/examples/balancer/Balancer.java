package dev.kinto.examples.balancer;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.logging.common.LogConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Does what matters of a load balancer: sends requests to the gateways that say that they are
 * ready, in turn, and repeats one on another gateway if no connection can be made, or if it is
 * idempotent and the connection fails. HAProxy and nginx do the same (docs/operating.md).
 */
public final class Balancer {
  /** Of this connection only (RFC 9110 section 7.6.1), or written anew. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding");

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  /**
   * Keeps no connection: over one to a gateway that has just died a POST would fail, and nobody
   * knows whether it was served. A new one is refused before anything is sent.
   */
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
          .retryOnConnectionFailure(false)
          .followRedirects(false)
          .build();

  private final List<Gateway> gateways;
  private final AtomicInteger turn = new AtomicInteger();

  private Balancer(List<Gateway> gateways) {
    this.gateways = gateways;
  }

  /** Arguments: the port, and for each gateway the addresses of its api and its admin listener. */
  public static void main(String... args) {
    LogConfig.configureRuntime();
    List<Gateway> gateways = new ArrayList<>();
    for (int i = 1; i + 1 < args.length; i += 2) {
      gateways.add(new Gateway(args[i], args[i + 1]));
    }
    gateways.forEach(gateway -> Thread.ofVirtual().start(gateway::watch));
    Balancer balancer = new Balancer(List.copyOf(gateways));
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(Integer.parseInt(args[0]))
            .routing(routing -> routing.any(balancer::handle))
            .build()
            .start();
    if (!server.isRunning()) {
      // Helidon has logged why: the port is taken, most likely.
      System.exit(1);
    }
    System.out.println("balancer listening on http://127.0.0.1:" + server.port());
  }

  private void handle(ServerRequest request, ServerResponse response) {
    Request.Builder outbound = outbound(request);
    boolean idempotent = !request.prologue().method().text().equals("POST");
    List<Gateway> left = inTurn();
    while (!left.isEmpty()) {
      Gateway gateway = left.removeFirst();
      try (Response answer =
          http.newCall(outbound.url(gateway.api() + target(request)).build()).execute()) {
        pass(answer, response);
        return;
      } catch (IOException e) {
        gateway.failed();
        // Nothing has been sent where no connection could be made.
        if (!idempotent && !(e instanceof ConnectException)) {
          break;
        }
      }
    }
    response.status(Status.BAD_GATEWAY_502).send("No gateway answered.\n");
  }

  /** Those that are ready, beginning with another one each time; all, if none is. */
  private List<Gateway> inTurn() {
    List<Gateway> ready = new ArrayList<>(gateways.stream().filter(Gateway::ready).toList());
    if (ready.isEmpty()) {
      return new ArrayList<>(gateways);
    }
    Collections.rotate(ready, turn.getAndIncrement());
    return ready;
  }

  private static String target(ServerRequest request) {
    String query = request.query().rawValue();
    return request.path().rawPath() + (query.isEmpty() ? "" : "?" + query);
  }

  private static Request.Builder outbound(ServerRequest request) {
    String method = request.prologue().method().text();
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    boolean bodied = body.length > 0 || WITH_BODY.contains(method);
    Request.Builder outbound =
        new Request.Builder()
            .url("http://127.0.0.1/")
            .method(method, bodied ? RequestBody.create(body) : null);
    request
        .headers()
        .forEach(
            header -> {
              if (passesOn(header.name())) {
                header.allValues().forEach(value -> outbound.addHeader(header.name(), value));
              }
            });
    return outbound;
  }

  private static boolean passesOn(String name) {
    return !NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT));
  }

  private static void pass(Response answer, ServerResponse response) throws IOException {
    ResponseBody body = answer.body();
    byte[] bytes = body == null ? new byte[0] : body.bytes();
    response.status(answer.code());
    answer
        .headers()
        .forEach(
            header -> {
              if (passesOn(header.getFirst())) {
                response.headers().add(HeaderNames.create(header.getFirst()), header.getSecond());
              }
            });
    response.send(bytes);
  }
}
