package dev.kinto.gateway.upstream;

/**
 * Whose WebSocket it is.
 *
 * @param client the client's id
 * @param session the id of the session; of a public call, the network that it comes from
 */
public record WebSocketOwner(String client, Object session) {}
