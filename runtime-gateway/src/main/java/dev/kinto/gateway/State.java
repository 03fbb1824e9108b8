package dev.kinto.gateway;

import dev.kinto.gateway.admin.AdminApi;
import dev.kinto.gateway.admin.ConsoleSessions;
import dev.kinto.gateway.admin.Reloads;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.forward.RemovedHeaders;
import dev.kinto.gateway.forward.UndeclaredWrites;
import dev.kinto.gateway.http.TrustedProxies;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.session.SessionGrid;
import dev.kinto.gateway.session.SessionRules;
import dev.kinto.gateway.session.Sessions;
import dev.kinto.gateway.session.StoredSessions;
import dev.kinto.gateway.session.TokenKeys;
import dev.kinto.gateway.throttle.Throttle;
import dev.kinto.gateway.upstream.UpstreamClient;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a configuration and its manifests determine. Immutable: a request sees one state from
 * its beginning to its end, and a reload makes another one (contract C42).
 *
 * @param environments the configuration, and the microservices and clients that it has
 * @param keys what tokens are signed and verified with
 * @param cors what pages of other origins may see, on the api listener
 * @param publicCors the same on the public one
 * @param calls the way of a request through all of it
 * @param operators what operators may ask
 */
record State(
    Environments environments,
    TokenKeys keys,
    Cors cors,
    Cors publicCors,
    Calls calls,
    AdminApi operators) {

  /**
   * What lives longer than a state, and is used by each.
   *
   * @param grid the sessions
   * @param upstreams the connections to microservices
   * @param longResponses the responses that go on for long
   * @param undeclared how often microservices broke their word
   * @param removed how often headers were removed that somebody meant
   * @param throttle how many requests came lately
   * @param reloads what became of them
   * @param console who is logged in to the console
   * @param observability who is told of requests
   * @param clock the time that sessions go by
   */
  record Lasting(
      SessionGrid grid,
      UpstreamClient upstreams,
      LongResponses longResponses,
      UndeclaredWrites undeclared,
      RemovedHeaders removed,
      Throttle throttle,
      Reloads reloads,
      ConsoleSessions console,
      Observability observability,
      InstantSource clock) {}

  static State of(Environments environments, TokenKeys keys, Lasting lasting) {
    GatewayConfig config = environments.config();
    Sessions sessions =
        new Sessions(
            lasting.grid(),
            keys,
            lasting.clock(),
            sessionRules(environments),
            environments::isClientOf);
    Cors cors = Cors.ofApi(environments);
    Cors publicCors = Cors.ofPublic(environments);
    AuthEndpoint auth =
        new AuthEndpoint(
            environments, sessions, cors, lasting.throttle(), config.authLimits(), lasting.clock());
    Calls calls =
        new Calls(
            environments,
            sessions,
            cors,
            publicCors,
            auth,
            lasting.upstreams(),
            lasting.longResponses(),
            lasting.undeclared(),
            lasting.removed(),
            lasting.throttle(),
            config.session().limits(),
            new TrustedProxies(config::isTrustedProxy));
    AdminApi operators =
        new AdminApi(
            environments,
            warnings(environments),
            lasting.upstreams(),
            lasting.grid(),
            new StoredSessions(lasting.grid(), lasting.clock(), environments::isClientOf),
            lasting.observability().recent(),
            lasting.observability().traffic(),
            lasting.throttle(),
            lasting.reloads(),
            lasting.console(),
            lasting.clock());
    return new State(environments, keys, cors, publicCors, calls, operators);
  }

  /** What an operator should know of the configuration and of what the manifests say to it. */
  static List<String> warnings(Environments environments) {
    return Stream.concat(
            environments.config().warnings().stream(), environments.warnings().stream())
        .toList();
  }

  /** What it was made from. */
  GatewayConfig config() {
    return environments.config();
  }

  private static SessionRules sessionRules(Environments environments) {
    GatewayConfig config = environments.config();
    return new SessionRules(
        config.tokens().grace(),
        config.session().limits(),
        id -> environments.clientOf(id).budget());
  }
}
