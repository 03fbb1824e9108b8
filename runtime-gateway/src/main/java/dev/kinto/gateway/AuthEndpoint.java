package dev.kinto.gateway;

import dev.kinto.gateway.config.AuthLimits;
import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.config.SecretHashes;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.http.SessionCookie;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.observe.RouteName;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.session.Session;
import dev.kinto.gateway.session.Sessions;
import dev.kinto.gateway.session.Sessions.IssuedToken;
import dev.kinto.gateway.throttle.Throttle;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The gateway's own address, {@code /auth} (contract C19, C22). */
final class AuthEndpoint {
  static final String ADDRESS = "/auth";
  static final Set<String> METHODS = new TreeSet<>(Set.of("DELETE", "GET", "HEAD", "POST", "PUT"));
  private static final Map<String, RouteName> ROUTES =
      METHODS.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(), method -> RouteName.own(method + " " + ADDRESS)));
  private static final JsonFactory JSON = new JsonFactory();

  private final Environments environments;
  private final Sessions sessions;
  private final Cors cors;
  private final Throttle throttle;
  private final AuthLimits limits;
  private final InstantSource clock;

  AuthEndpoint(
      Environments environments,
      Sessions sessions,
      Cors cors,
      Throttle throttle,
      AuthLimits limits,
      InstantSource clock) {
    this.environments = environments;
    this.sessions = sessions;
    this.cors = cors;
    this.throttle = throttle;
    this.limits = limits;
    this.clock = clock;
  }

  void answer(ClientRequest request, ClientResponse response, Observation observation) {
    observation.hit(ROUTES.getOrDefault(request.method(), RouteName.NONE));
    switch (request.method()) {
      case "POST" -> issue(request, response, observation);
      case "PUT" -> rotate(request, response, observation);
      case "GET", "HEAD" -> describe(request, response, observation);
      case "DELETE" -> end(request, response, observation);
      default -> throw new Refusal.MethodNotAllowed(request.method(), METHODS);
    }
  }

  private Session authenticated(
      ClientRequest request, ClientResponse response, Observation observation) {
    RequestToken token = RequestToken.of(request, environments);
    Session session = token.of(sessions.authenticateCurrent(token.text()));
    note(session, observation);
    cors.admit(request, response, environments.clientOf(session.clientId()));
    return session;
  }

  private static void note(Session session, Observation observation) {
    observation.of(session.clientId(), session.environment());
    observation.in(session.id());
  }

  private void rotate(ClientRequest request, ClientResponse response, Observation observation) {
    RequestToken token = RequestToken.of(request, environments);
    Session session = token.of(sessions.find(token.text()));
    note(session, observation);
    cors.admit(request, response, environments.clientOf(session.clientId()));
    send(sessions.rotate(session), token.cookieOf().isPresent(), response, observation);
  }

  private void issue(ClientRequest request, ClientResponse response, Observation observation) {
    throttle.admitAuthFrom(request.caller().address(), limits.perAddress());
    ClientCredentials credentials = ClientCredentials.read(request);
    ClientConfig client = authenticate(credentials);
    observation.of(client.id(), client.environment());
    cors.admit(request, response, client);
    requireCookie(credentials, client);
    throttle.admitAuthOf(client.id(), limits.perClient());
    IssuedToken issued = sessions.issue(client.id(), client.environment(), client.lifetime());
    note(issued.session(), observation);
    send(issued, credentials.cookie(), response, observation);
  }

  private static void requireCookie(ClientCredentials credentials, ClientConfig client) {
    if (credentials.cookie() && !client.cookie()) {
      throw new Refusal(
          ProblemCode.MALFORMED_REQUEST,
          "This client gets no cookie. Leave \"cookie\" out, or set cookie: true for it in the"
              + " gateway's configuration.");
    }
  }

  /** In a cookie the token is nowhere else, so that no script of a page can see it. */
  private void send(
      IssuedToken issued, boolean inCookie, ClientResponse response, Observation observation) {
    send(
        response,
        observation.requestId(),
        inCookie
            ? List.of(new SessionCookie(issued.session().clientId(), issued.text()).set())
            : List.of(),
        json -> {
          if (!inCookie) {
            json.writeStringProperty("token", issued.text());
          }
          writeLifetime(json, issued.session());
        });
  }

  /** The same work and the same answer for an unknown client and a wrong secret (contract C22). */
  private ClientConfig authenticate(ClientCredentials credentials) {
    Optional<ClientConfig> client = environments.client(credentials.clientId());
    boolean secretMatches =
        client.map(ClientConfig::secrets).orElse(SecretHashes.NONE).match(credentials.secret());
    return client
        .filter(_ -> secretMatches)
        .orElseThrow(
            () ->
                new Refusal(
                    ProblemCode.CLIENT_INVALID,
                    "There is no client with this clientId and clientSecret."));
  }

  private void describe(ClientRequest request, ClientResponse response, Observation observation) {
    Session session = authenticated(request, response, observation);
    send(
        response,
        observation.requestId(),
        List.of(),
        json -> {
          json.writeStringProperty("clientId", session.clientId());
          json.writeStringProperty("environment", session.environment());
          json.writeStringProperty("createdAt", session.createdAt().toString());
          writeLifetime(json, session);
        });
  }

  private void end(ClientRequest request, ClientResponse response, Observation observation) {
    sessions.end(authenticated(request, response, observation));
    List<HeaderLine> lines = new ArrayList<>(2);
    lines.add(HeaderLine.of("Kinto-Request-Id", observation.requestId()));
    RequestToken.of(request, environments)
        .cookieOf()
        .ifPresent(client -> lines.add(new SessionCookie(client, "").cleared()));
    response.send(new ResponseHead(204, "No Content", lines, OptionalLong.empty()), new byte[0]);
  }

  private void writeLifetime(JsonGenerator json, Session session) {
    Instant now = clock.instant();
    json.writeNumberProperty("expiresIn", session.expiresInSeconds(now));
    json.writeNumberProperty("maxExpiresIn", session.maxExpiresInSeconds(now));
  }

  private static void send(
      ClientResponse response,
      String requestId,
      List<HeaderLine> cookies,
      Consumer<JsonGenerator> properties) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      properties.accept(json);
      json.writeEndObject();
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    List<HeaderLine> lines = new ArrayList<>(cookies);
    lines.add(HeaderLine.of("Content-Type", "application/json"));
    lines.add(HeaderLine.of("Cache-Control", "no-store"));
    lines.add(HeaderLine.of("Kinto-Request-Id", requestId));
    response.send(new ResponseHead(200, "OK", lines, OptionalLong.of(body.length)), body);
  }
}
