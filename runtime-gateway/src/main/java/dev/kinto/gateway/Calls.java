package dev.kinto.gateway;

import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.forward.CallContext;
import dev.kinto.gateway.forward.Forwarding;
import dev.kinto.gateway.forward.Interception;
import dev.kinto.gateway.forward.RemovedHeaders;
import dev.kinto.gateway.forward.UndeclaredWrites;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.http.TrustedProxies;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Environment;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.Match;
import dev.kinto.gateway.route.Target;
import dev.kinto.gateway.session.Session;
import dev.kinto.gateway.session.SessionLimits;
import dev.kinto.gateway.session.Sessions;
import dev.kinto.gateway.session.Sessions.IssuedToken;
import dev.kinto.gateway.throttle.Throttle;
import dev.kinto.gateway.upstream.UpstreamClient;
import dev.kinto.gateway.upstream.UpstreamRequest;
import dev.kinto.gateway.upstream.UpstreamResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The way of a request through the gateway, in the order of contract C21a. Each line is one step
 * and may refuse; the number behind it is the status that the client gets then.
 */
final class Calls {
  private final Environments environments;
  private final Sessions sessions;
  private final Cors cors;
  private final Cors publicCors;
  private final AuthEndpoint auth;
  private final UpstreamClient upstreams;
  private final LongResponses longResponses;
  private final Throttle throttle;
  private final Forwarding forwarding;
  private final UndeclaredWrites undeclared;
  private final RemovedHeaders removed;
  private final SessionLimits limits;
  private final TrustedProxies proxies;

  Calls(
      Environments environments,
      Sessions sessions,
      Cors cors,
      Cors publicCors,
      AuthEndpoint auth,
      UpstreamClient upstreams,
      LongResponses longResponses,
      UndeclaredWrites undeclared,
      RemovedHeaders removed,
      Throttle throttle,
      SessionLimits limits,
      TrustedProxies proxies) {
    this.environments = environments;
    this.sessions = sessions;
    this.cors = cors;
    this.publicCors = publicCors;
    this.auth = auth;
    this.upstreams = upstreams;
    this.longResponses = longResponses;
    this.forwarding = new Forwarding(removed);
    this.undeclared = undeclared;
    this.removed = removed;
    this.throttle = throttle;
    this.limits = limits;
    this.proxies = proxies;
  }

  /** A request on the api listener: {@code /auth} or {@code /<microservice>/<path>}. */
  void api(ClientRequest sent, ClientResponse response, Observation observation) {
    ClientRequest request = proxies.seenThrough(sent);
    observation.from(request.caller().address());
    Target target = Target.parse(request.target()); // 400
    if (cors.isPreflight(request)) {
      cors.preflight(request, response, observation.requestId()); // 403
      return;
    }
    if (target.path().equals(AuthEndpoint.ADDRESS)) {
      auth.answer(request, response, observation);
      return;
    }
    RequestToken token = RequestToken.of(request, environments); // 401 403
    Session session = token.of(sessions.authenticate(token.text())); // 401 503
    observation.of(session.clientId(), session.environment());
    observation.in(session.id());
    ClientConfig client = environments.clientOf(session.clientId());
    cors.admit(request, response, client); // 403
    limitCalls(client); // 429
    Environment environment = environments.named(session.environment());
    Match match = environment.match(request.method(), target.path(), target.query(), ""); // 404 405
    forward(
        request,
        response,
        match,
        token,
        new CallContext(observation, client.id(), environment, session, limits));
  }

  /** A request on the public listener: {@code /<clientId>/<microservice>/<path>}. */
  void open(ClientRequest sent, ClientResponse response, Observation observation) {
    ClientRequest request = proxies.seenThrough(sent);
    observation.from(request.caller().address());
    Target target = Target.parse(request.target()); // 400
    if (publicCors.isPreflight(request)) {
      publicCors.preflight(request, response, observation.requestId()); // 403
      return;
    }
    String path = target.path();
    int slash = path.indexOf('/', 1);
    String prefix = slash < 0 ? path : path.substring(0, slash);
    ClientConfig client = publicClient(prefix.substring(1)); // 404
    observation.of(client.id(), client.environment());
    publicCors.admit(request, response, client); // 403
    limitCalls(client); // 429
    Environment environment = environments.named(client.environment());
    String below = slash < 0 ? "/" : path.substring(slash);
    Match match = environment.match(request.method(), below, target.query(), prefix); // 404 405
    requirePublic(match); // 403
    forward(
        request,
        response,
        match,
        RequestToken.NONE,
        new CallContext(observation, client.id(), environment, Session.NONE, limits));
  }

  private void forward(
      ClientRequest request,
      ClientResponse response,
      Match match,
      RequestToken token,
      CallContext context) {
    context.observation().hit(match.route().name());
    try {
      UpstreamRequest outbound = forwarding.outbound(request, match, context); // 403
      request.requireBodySize(); // 413
      call(outbound, response, match, token, context);
    } catch (Refusal refusal) {
      throw refusal.of(name(match, context));
    }
  }

  private void call(
      UpstreamRequest outbound,
      ClientResponse response,
      Match match,
      RequestToken token,
      CallContext context) {
    try (UpstreamResponse inbound = upstreams.call(outbound)) { // 502 503 504
      answer(inbound, outbound.client(), response, match, token, context);
    }
  }

  private void answer(
      UpstreamResponse inbound,
      ClientRequest request,
      ClientResponse response,
      Match match,
      RequestToken token,
      CallContext context) {
    try {
      Interception answer = Interception.of(inbound, request, match, context); // 502
      undeclared.add(answer, match, context);
      removed.add(answer, match, context);
      Optional<IssuedToken> issued =
          sessions.apply(context.session(), answer.change()); // 401 502 503
      answer
          .change()
          .assignments()
          .forEach(each -> context.observation().written(each.field().spelling()));
      Session session = issued.map(IssuedToken::session).orElse(context.session());
      try (LongResponses.Watch _ = longResponses.watch(sessions, session, inbound)) {
        ResponseHead head = answer.head(issued.map(IssuedToken::text).map(token::successor));
        response.send(ShownRedirect.of(head, request), inbound.body());
      }
    } catch (Refusal refusal) {
      throw inbound.about(refusal);
    } catch (IOException e) {
      throw inbound.about(
          new Refusal(
              ProblemCode.UPSTREAM_INVALID_RESPONSE, "The microservice's answer broke off.", e));
    }
  }

  /** As the log names it: {@code GET /orders/{id} of demo/shop}. */
  private static String name(Match match, CallContext context) {
    return match.route().route().signature()
        + " of "
        + context.environment().name()
        + "/"
        + match.service().manifest().microservice();
  }

  private void limitCalls(ClientConfig client) {
    client.requestLimit().ifPresent(limit -> throttle.admitCallOf(client.id(), limit));
  }

  private ClientConfig publicClient(String id) {
    return environments
        .client(id)
        .orElseThrow(
            () ->
                new Refusal(
                    ProblemCode.CLIENT_UNKNOWN,
                    "A public address begins with a client id. Found: \"" + id + "\""));
  }

  private static void requirePublic(Match match) {
    if (!match.route().isPublic()) {
      throw new Refusal(
          ProblemCode.SERVICE_NOT_PUBLIC,
          "This route needs a token; the environment does not list it as public.");
    }
  }
}
