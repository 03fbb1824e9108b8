package dev.kinto.gateway;

import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.observe.Observation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener's requests come in: each goes its way through the state of its moment.
 *
 * @param listener its name
 * @param states has that state
 * @param cors what pages of other origins may see on this listener
 * @param way one of those that {@link Calls} knows
 */
record Entrance(String listener, States states, Function<State, Cors> cors, Way way)
    implements ExchangeHandler {

  /** A way of a request through a state. */
  @FunctionalInterface
  interface Way {
    void go(Calls calls, ClientRequest request, ClientResponse response, Observation observation);
  }

  /** The way of one request: it sees one state, from its greeting to its end (contract C42). */
  private record OfState(String listener, State state, Function<State, Cors> cors, Way way)
      implements ExchangeHandler {

    @Override
    public void handle(ClientRequest request, ClientResponse response, Observation observation) {
      observation.on(listener);
      way.go(state.calls(), request, response, observation);
    }

    @Override
    public List<HeaderLine> greeting(@Nullable String origin) {
      return cors.apply(state).greeting(origin);
    }
  }

  @Override
  public ExchangeHandler now() {
    return new OfState(listener, states.current(), cors, way);
  }

  @Override
  public void handle(ClientRequest request, ClientResponse response, Observation observation) {
    now().handle(request, response, observation);
  }

  @Override
  public List<HeaderLine> greeting(@Nullable String origin) {
    return now().greeting(origin);
  }
}
