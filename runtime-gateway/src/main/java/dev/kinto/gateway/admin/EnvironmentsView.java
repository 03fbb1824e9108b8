package dev.kinto.gateway.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer of {@code GET /api/environments}. */
@Doc("All environments, with their microservices and clients.")
record EnvironmentsView(@Doc("In the order of the file") List<EnvironmentView> environments) {

  @Doc("A set of microservices that see one another's session fields.")
  record EnvironmentView(
      @Doc("Its name") String name,
      @Doc("Its microservices") List<ServiceView> services,
      @Doc("The clients that call it") List<ClientView> clients) {}

  @Doc("A microservice.")
  record ServiceView(
      @Doc("Its name") String name,
      @Doc("Whether its manifest is known, so that it can be called") boolean ready,
      @Doc("Where its manifest comes from: a file, or an address") String manifestSource,
      @Doc("SHA-256 of its manifest in force, as hex digits") Optional<String> manifestDigest,
      @Doc("The path that its upstreams are asked at whether they are well")
          Optional<String> healthCheck,
      @Doc("Where it runs") List<UpstreamView> upstreams,
      @Doc("What it answers") List<RouteView> routes) {}

  /** Whether an address is called. */
  enum UpstreamState {
    /** It is called. */
    UP,
    /** It could not be reached, and is tried again later. */
    DOWN,
    /** Nobody has called it yet. */
    UNKNOWN
  }

  @Doc("One address of a microservice.")
  record UpstreamView(
      @Doc("What the log, the metrics and GET /api/traffic call it") String name,
      @Doc("The origin, as it is configured") String origin,
      @Doc("One of the addresses that its name stands for") Optional<String> address,
      @Doc("UP: it is called; DOWN: set aside, and tried again; UNKNOWN: not looked up yet")
          UpstreamState state,
      @Doc("Whether it passes the health check, if there is one") Optional<Boolean> healthy,
      @Doc("How many requests it has at the moment") int inFlight,
      @Doc("How many WebSockets it has") int webSockets,
      @Doc("When it could not be reached last, since the gateway started")
          Optional<FailureView> lastFailure) {}

  @Doc("Something that went wrong.")
  record FailureView(@Doc("When") Instant at, @Doc("In one line") String reason) {}

  @Doc("A route of a microservice.")
  record RouteView(
      @Doc("Its name") String name,
      @Doc("Its method") String method,
      @Doc("Its path below the microservice") String path,
      @Doc("What it does, in its author's words") Optional<String> title,
      @Doc("Whether it answers on the public listener") boolean isPublic,
      @Doc("Whether its success gives the session a new token") boolean rotatesToken,
      @Doc("The session fields that it is sent") List<ReadView> reads,
      @Doc("The session fields that it may set") List<String> writes,
      @Doc("The configuration values that it is sent") List<String> config) {}

  @Doc("A session field that a route is sent.")
  record ReadView(
      @Doc("Its name") String field,
      @Doc("Whether the call is refused without it") boolean required) {}

  @Doc("An application that may obtain tokens.")
  record ClientView(
      @Doc("Its id") String id,
      @Doc("How many secrets it may send") int secrets,
      @Doc("The origins of pages that may call with its tokens") List<String> allowedOrigins,
      @Doc("Whether browsers may keep its tokens in a cookie") boolean cookie,
      @Doc("Seconds after which an idle session of it ends") long idleTimeout,
      @Doc("Seconds after which any session of it ends") long maxLifetime) {}
}
