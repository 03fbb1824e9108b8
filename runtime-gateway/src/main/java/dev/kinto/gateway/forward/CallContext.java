package dev.kinto.gateway.forward;

import dev.kinto.gateway.http.Caller;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.route.Environment;
import dev.kinto.gateway.session.Session;
import dev.kinto.gateway.session.SessionLimits;
import dev.kinto.gateway.throttle.Networks;
import dev.kinto.gateway.upstream.WebSocketOwner;

/**
 * Who calls, for the headers that tell the microservice (contract C31).
 *
 * @param observation has the id of this request, ours, and takes what is found out about it
 * @param clientId the client, known by its token or by the public address
 * @param environment the environment that the call is in
 * @param session the session; {@link Session#NONE} for a public call
 * @param limits how much of a session one request and its answer may move (contract C29)
 */
public record CallContext(
    Observation observation,
    String clientId,
    Environment environment,
    Session session,
    SessionLimits limits) {

  String requestId() {
    return observation.requestId();
  }

  /** What {@code Kinto-Access} says. */
  String access() {
    return session == Session.NONE ? "public" : "token";
  }

  /** Of a public call, by the network that it comes from. */
  WebSocketOwner webSocketOwner(Caller caller) {
    return new WebSocketOwner(
        clientId, session == Session.NONE ? Networks.of(caller.address()) : session.id());
  }
}
