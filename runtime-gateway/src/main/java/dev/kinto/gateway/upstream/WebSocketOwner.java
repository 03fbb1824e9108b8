package dev.kinto.gateway.upstream;

import dev.kinto.gateway.session.Session;
import dev.kinto.gateway.throttle.Networks;
import dev.kinto.gateway.wire.ClientRequest;

/**
 * Whose WebSocket it is.
 *
 * @param client the client's id
 * @param session the id of the session; of a public call, the network that it comes from
 */
record WebSocketOwner(String client, Object session) {

  static WebSocketOwner of(ClientRequest request, CallContext context) {
    Session session = context.session();
    return new WebSocketOwner(
        context.clientId(),
        session == Session.NONE ? Networks.of(request.caller().address()) : session.id());
  }
}
