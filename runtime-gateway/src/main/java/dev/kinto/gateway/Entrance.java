package dev.kinto.gateway;

import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.ClientResponse;
import dev.kinto.gateway.wire.ExchangeHandler;
import dev.kinto.gateway.wire.HeaderLine;
import java.util.List;
import java.util.Optional;

/**
 * Where a listener's requests come in: each goes its way through the state of its moment.
 *
 * @param states has that state
 * @param way one of those that {@link Calls} knows
 */
record Entrance(States states, Way way) implements ExchangeHandler {

  /** A way of a request through a state. */
  @FunctionalInterface
  interface Way {
    void go(Calls calls, ClientRequest request, ClientResponse response, String requestId);
  }

  @Override
  public void handle(ClientRequest request, ClientResponse response, String requestId) {
    way.go(states.current().calls(), request, response, requestId);
  }

  @Override
  public List<HeaderLine> greeting(Optional<String> origin) {
    return states.current().cors().greeting(origin);
  }
}
