package dev.kinto.gateway.admin;

import dev.kinto.gateway.http.Caller;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.HostName;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.metrics.Metrics;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The admin listener, in HTTP/1.0 too: {@code /health/live}, {@code /health/ready} and {@code
 * /metrics}, which anybody may ask who reaches it. All else needs an operator's secret: see {@link
 * AdminApi}.
 *
 * <p>A browser on an operator's machine reaches it too. So a page may not ask, and who calls it by
 * a name has to use one of its own: a name that a stranger's DNS gives to this address is none.
 */
public final class AdminAddress implements ExchangeHandler {
  private static final Set<String> METHODS = new TreeSet<>(Set.of("GET", "HEAD"));

  private final Set<String> names;
  private final Supplier<Health> ready;
  private final Supplier<? extends ExchangeHandler> api;
  private final Supplier<Optional<String>> metrics;

  /**
   * The handler of an admin listener.
   *
   * @param names by which it may be called, in lower case, besides addresses and {@code localhost}
   * @param ready whether new clients should come to this gateway
   * @param api answers all else, at the moment
   * @param metrics in Prometheus' text format; empty if nothing is measured
   */
  public AdminAddress(
      Set<String> names,
      Supplier<Health> ready,
      Supplier<? extends ExchangeHandler> api,
      Supplier<Optional<String>> metrics) {
    this.names = Set.copyOf(names);
    this.ready = ready;
    this.api = api;
    this.metrics = metrics;
  }

  @Override
  public void handle(ClientRequest request, ClientResponse response, Observation observation) {
    String requestId = observation.requestId();
    requireOwnName(request.caller()); // 421
    refusePages(request); // 403
    switch (Target.parse(request.target()).path()) { // 400
      case "/health/live" -> answer(request, response, requestId, Health.live());
      case "/health", "/health/ready" -> answer(request, response, requestId, ready.get());
      case "/metrics" -> measured(request, response, requestId);
      default -> api.get().handle(request, response, observation);
    }
  }

  private void requireOwnName(Caller caller) {
    String name = HostName.of(caller.host());
    // Only HTTP/1.0 calls nobody by name, as health checks do and browsers do not.
    if (!name.isEmpty()
        && !HostName.isAddress(name)
        && !name.equals("localhost")
        && !names.contains(name)) {
      throw new Refusal(
          ProblemCode.HOST_UNKNOWN,
          "The admin listener is not called \""
              + name
              + "\". Call it by its address, or list the name in its \"hosts\".");
    }
  }

  private static void refusePages(ClientRequest request) {
    for (String origin : request.values("origin")) {
      if (!request.caller().calledItsOwn(origin)) {
        throw new Refusal(
            ProblemCode.ORIGIN_NOT_ALLOWED,
            "Pages of other origins may not ask the admin listener.");
      }
    }
  }

  private static void answer(
      ClientRequest request, ClientResponse response, String requestId, Health health) {
    send(request, response, requestId, health.good(), "application/json", health.json());
  }

  private void measured(ClientRequest request, ClientResponse response, String requestId) {
    String text =
        metrics
            .get()
            .orElseThrow(
                () -> new Refusal(ProblemCode.ADDRESS_UNKNOWN, "Nothing is measured here."));
    send(request, response, requestId, true, Metrics.MEDIA_TYPE, text);
  }

  private static void send(
      ClientRequest request,
      ClientResponse response,
      String requestId,
      boolean good,
      String mediaType,
      String text) {
    if (!METHODS.contains(request.method())) {
      throw new Refusal.MethodNotAllowed(request.method(), METHODS);
    }
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.send(
        new ResponseHead(
            good ? 200 : 503,
            good ? "OK" : "Service Unavailable",
            List.of(
                HeaderLine.of("Content-Type", mediaType),
                HeaderLine.of("Cache-Control", "no-store"),
                HeaderLine.of("Kinto-Request-Id", requestId)),
            OptionalLong.of(body.length)),
        body);
  }
}
