package dev.kinto.gateway;

import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Environments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Requests of browsers from pages of other origins (Fetch, section 3.2; contract C43).
 *
 * <p>Which client calls is known only from its token, which a preflight does not carry. So a
 * preflight and what is refused before the token is known go by the origins of all clients; every
 * other request is checked against its own client's.
 */
final class Cors {
  private static final List<String> EXPOSED =
      List.of("Kinto-Token", "Kinto-Request-Id", "Retry-After");
  private static final String MAX_AGE_SECONDS = "600";

  private final Environments environments;
  private final Set<String> ownMethods;
  private final List<String> varyBy;
  private final boolean cookies;

  private Cors(
      Environments environments, Set<String> ownMethods, List<String> varyBy, boolean cookies) {
    this.environments = environments;
    this.ownMethods = ownMethods;
    this.varyBy = varyBy;
    this.cookies = cookies;
  }

  /** On the api listener, whose answers depend on a token that caches do not know (C32). */
  static Cors ofApi(Environments environments) {
    boolean cookies = environments.hasCookies();
    List<String> varyBy =
        cookies ? List.of("Kinto-Authorization", "Cookie") : List.of("Kinto-Authorization");
    return new Cors(environments, AuthEndpoint.METHODS, varyBy, cookies);
  }

  /** On the public listener. */
  static Cors ofPublic(Environments environments) {
    return new Cors(environments, Set.of(), List.of(), false);
  }

  /** Lets every answer to a request, refusals too, be read by a page that some client lists. */
  List<HeaderLine> greeting(@Nullable String origin) {
    if (origin == null) {
      return greeting(null, EXPOSED, false, !environments.allowedOrigins().isEmpty());
    }
    String reader = environments.allowedOrigins().contains(origin) ? origin : null;
    return greeting(reader, EXPOSED, environments.cookieOrigins().contains(origin), true);
  }

  /**
   * Lets the request go on if its client lists the page's origin, or the page is the gateway's own.
   *
   * @throws Refusal origin-not-allowed, whose answer no page can read
   */
  void admit(ClientRequest request, ClientResponse response, ClientConfig client) {
    Optional<String> origin = origin(request);
    if (origin.isEmpty()) {
      return;
    }
    if (client.allowedOrigins().contains(origin.get())) {
      response.always(greeting(origin.get(), exposedTo(client), client.cookie(), true));
      return;
    }
    response.always(greeting(null, EXPOSED, false, true));
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
    lines.add(HeaderLine.of("Access-Control-Allow-Methods", methods(origin)));
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

  private List<HeaderLine> greeting(
      @Nullable String reader, List<String> exposed, boolean withCookies, boolean variesByOrigin) {
    List<HeaderLine> lines = new ArrayList<>(4);
    if (reader != null) {
      lines.add(HeaderLine.of("Access-Control-Allow-Origin", reader));
      lines.add(HeaderLine.of("Access-Control-Expose-Headers", String.join(", ", exposed)));
      if (cookies && withCookies) {
        lines.add(HeaderLine.of("Access-Control-Allow-Credentials", "true"));
      }
    }
    List<String> vary = new ArrayList<>(varyBy);
    if (variesByOrigin) {
      // Also where nothing is allowed: a cache must not give one origin's answer to another.
      vary.addFirst("Origin");
    }
    if (!vary.isEmpty()) {
      lines.add(HeaderLine.of("Vary", String.join(", ", vary)));
    }
    return lines;
  }

  private static List<String> exposedTo(ClientConfig client) {
    List<String> exposed = new ArrayList<>(EXPOSED);
    exposed.addAll(client.exposeHeaders());
    return exposed;
  }

  /** Those of all routes that clients of the page may call. */
  private String methods(String origin) {
    Set<String> methods = new TreeSet<>(ownMethods);
    methods.addAll(environments.methodsFor(origin));
    return String.join(", ", methods);
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
