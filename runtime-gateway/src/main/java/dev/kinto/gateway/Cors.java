package dev.kinto.gateway;

import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.ClientResponse;
import dev.kinto.gateway.wire.HeaderLine;
import dev.kinto.gateway.wire.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Requests of browsers from pages of other origins (Fetch, section 3.2; contract C43).
 *
 * <p>Which client calls is known only from its token, which a preflight does not carry. So a
 * preflight and what is refused before the token is known go by the origins of all clients; every
 * other request is checked against its own client's.
 */
final class Cors {
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String EXPOSED = "Kinto-Token, Kinto-Request-Id, Retry-After";
  private static final String MAX_AGE_SECONDS = "600";

  private final Environments environments;

  Cors(Environments environments) {
    this.environments = environments;
  }

  /** Lets every answer to a request, refusals too, be read by a page that some client lists. */
  List<HeaderLine> greeting(Optional<String> origin) {
    return origin.isPresent() || !environments.allowedOrigins().isEmpty()
        ? readableBy(origin.filter(environments.allowedOrigins()::contains))
        : List.of();
  }

  /**
   * Lets the request go on if its client lists the page's origin, or the page is the gateway's own.
   *
   * @throws Refusal origin-not-allowed, whose answer no page can read
   */
  void admit(ClientRequest request, ClientResponse response, ClientConfig client) {
    Optional<String> origin = origin(request);
    if (origin.isEmpty() || client.allowedOrigins().contains(origin.get())) {
      return;
    }
    response.always(readableBy(Optional.empty()));
    if (!request.caller().calledItsOwn(origin.get())) {
      throw refused(origin.get());
    }
  }

  /** An {@code OPTIONS} without the field that makes it a preflight is an ordinary request. */
  boolean isPreflight(ClientRequest request) {
    return request.method().equals("OPTIONS")
        && origin(request).isPresent()
        && request.header("access-control-request-method").isPresent();
  }

  /**
   * Answers a preflight.
   *
   * @throws Refusal origin-not-allowed
   */
  void preflight(ClientRequest request, ClientResponse response, String requestId) {
    String origin = origin(request).orElseThrow();
    if (!environments.allowedOrigins().contains(origin) && !request.caller().calledItsOwn(origin)) {
      throw refused(origin);
    }
    List<HeaderLine> lines = new ArrayList<>();
    lines.add(HeaderLine.of("Access-Control-Allow-Methods", METHODS));
    List<String> names = request.values("access-control-request-headers");
    if (!names.isEmpty()) {
      lines.add(HeaderLine.of("Access-Control-Allow-Headers", String.join(", ", names)));
    }
    lines.add(HeaderLine.of("Access-Control-Max-Age", MAX_AGE_SECONDS));
    lines.add(
        HeaderLine.of("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers"));
    lines.add(HeaderLine.of("Kinto-Request-Id", requestId));
    response.send(new ResponseHead(204, "No Content", lines, OptionalLong.empty()), new byte[0]);
  }

  private static List<HeaderLine> readableBy(Optional<String> origin) {
    List<HeaderLine> lines = new ArrayList<>(3);
    origin.ifPresent(
        allowed -> {
          lines.add(HeaderLine.of("Access-Control-Allow-Origin", allowed));
          lines.add(HeaderLine.of("Access-Control-Expose-Headers", EXPOSED));
        });
    // Also where nothing is allowed: a cache must not give one origin's answer to another.
    lines.add(HeaderLine.of("Vary", "Origin"));
    return lines;
  }

  private static Optional<String> origin(ClientRequest request) {
    return request.header("origin");
  }

  private static Refusal refused(String origin) {
    return new Refusal(
        ProblemCode.ORIGIN_NOT_ALLOWED,
        "Pages of the origin \""
            + origin
            + "\" may not call. A client's allowedOrigins lists those"
            + " that may.");
  }
}
