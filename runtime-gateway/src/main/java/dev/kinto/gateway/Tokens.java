package dev.kinto.gateway;

import dev.kinto.gateway.config.AuthLimits;
import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.config.SecretHashes;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.session.Session;
import dev.kinto.gateway.session.Sessions;
import dev.kinto.gateway.session.Sessions.IssuedToken;
import dev.kinto.gateway.throttle.Throttle;
import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.ClientResponse;
import dev.kinto.gateway.wire.ResponseHead;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The gateway's own address, {@code /auth} (contract C19, C22). */
final class Tokens {
  static final Set<String> METHODS = new TreeSet<>(Set.of("DELETE", "GET", "HEAD", "POST", "PUT"));
  private static final JsonFactory JSON = new JsonFactory();

  private final Environments environments;
  private final Sessions sessions;
  private final Cors cors;
  private final Throttle throttle;
  private final AuthLimits limits;
  private final InstantSource clock;

  Tokens(
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

  void answer(ClientRequest request, ClientResponse response, String requestId) {
    switch (request.method()) {
      case "POST" -> issue(request, response, requestId);
      case "PUT" -> rotate(request, response, requestId);
      case "GET", "HEAD" -> describe(authenticated(request, response), response, requestId);
      case "DELETE" -> end(authenticated(request, response), response, requestId);
      default -> throw new Refusal.MethodNotAllowed(request.method(), METHODS);
    }
  }

  private Session authenticated(ClientRequest request, ClientResponse response) {
    Session session = sessions.authenticateCurrent(BearerToken.of(request));
    cors.admit(request, response, environments.clientOf(session.clientId()));
    return session;
  }

  private void rotate(ClientRequest request, ClientResponse response, String requestId) {
    Session session = sessions.find(BearerToken.of(request));
    cors.admit(request, response, environments.clientOf(session.clientId()));
    send(sessions.rotate(session), response, requestId);
  }

  private void issue(ClientRequest request, ClientResponse response, String requestId) {
    throttle.admitAuthFrom(request.caller().address(), limits.perAddress());
    ClientConfig client = authenticate(ClientCredentials.read(request));
    cors.admit(request, response, client);
    throttle.admitAuthOf(client.id(), limits.perClient());
    send(sessions.issue(client.id(), client.environment(), client.lifetime()), response, requestId);
  }

  private void send(IssuedToken issued, ClientResponse response, String requestId) {
    send(
        response,
        requestId,
        json -> {
          json.writeStringProperty("token", issued.text());
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

  private void describe(Session session, ClientResponse response, String requestId) {
    send(
        response,
        requestId,
        json -> {
          json.writeStringProperty("clientId", session.clientId());
          json.writeStringProperty("environment", session.environment());
          json.writeStringProperty("createdAt", session.createdAt().toString());
          writeLifetime(json, session);
        });
  }

  private void end(Session session, ClientResponse response, String requestId) {
    sessions.end(session);
    response.send(
        new ResponseHead(
            204,
            "No Content",
            List.of(HeaderLine.of("Kinto-Request-Id", requestId)),
            OptionalLong.empty()),
        new byte[0]);
  }

  private void writeLifetime(JsonGenerator json, Session session) {
    Instant now = clock.instant();
    json.writeNumberProperty("expiresIn", session.expiresInSeconds(now));
    json.writeNumberProperty("maxExpiresIn", session.maxExpiresInSeconds(now));
  }

  private static void send(
      ClientResponse response, String requestId, Consumer<JsonGenerator> properties) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      properties.accept(json);
      json.writeEndObject();
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    response.send(
        new ResponseHead(
            200,
            "OK",
            List.of(
                HeaderLine.of("Content-Type", "application/json"),
                HeaderLine.of("Cache-Control", "no-store"),
                HeaderLine.of("Kinto-Request-Id", requestId)),
            OptionalLong.of(body.length)),
        body);
  }
}
