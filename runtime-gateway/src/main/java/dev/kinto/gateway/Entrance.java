package dev.kinto.gateway;

import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.http.HeaderLine;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a listener's requests come in: each goes its way through the state of its moment.
 *
 * @param states has that state
 * @param cors what pages of other origins may see on this listener
 * @param way one of those that {@link Calls} knows
 */
record Entrance(States states, Function<State, Cors> cors, Way way) implements ExchangeHandler {

  /** A way of a request through a state. */
  @FunctionalInterface
  interface Way {
    void go(Calls calls, ClientRequest request, ClientResponse response, String requestId);
  }

  /** The way of one request: it sees one state, from its greeting to its end (contract C42). */
  private record OfState(State state, Function<State, Cors> cors, Way way)
      implements ExchangeHandler {

    @Override
    public void handle(ClientRequest request, ClientResponse response, String requestId) {
      way.go(state.calls(), request, response, requestId);
    }

    @Override
    public List<HeaderLine> greeting(Optional<String> origin) {
      return cors.apply(state).greeting(origin);
    }
  }

  @Override
  public ExchangeHandler now() {
    return new OfState(states.current(), cors, way);
  }

  @Override
  public void handle(ClientRequest request, ClientResponse response, String requestId) {
    now().handle(request, response, requestId);
  }

  @Override
  public List<HeaderLine> greeting(Optional<String> origin) {
    return now().greeting(origin);
  }
}
