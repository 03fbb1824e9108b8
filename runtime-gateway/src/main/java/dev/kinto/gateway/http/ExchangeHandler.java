package dev.kinto.gateway.http;

import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.problem.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers requests, on the connection's own virtual thread, blocking as it likes. */
public interface ExchangeHandler {

  /** The handler of a request that begins now: what can be replaced stays the same for it. */
  default ExchangeHandler now() {
    return this;
  }

  /**
   * Answers one request by exactly one of the {@code send} methods of the response.
   *
   * @param observation has the request's new id, and takes what is found out about it
   * @throws Refusal if the gateway gives the answer itself; it is sent for the handler
   * @throws BrokenResponseException if the answer broke after its head was sent
   */
  void handle(ClientRequest request, ClientResponse response, Observation observation);

  /**
   * What every answer to a page of this origin carries, also where the request is refused before
   * {@link #handle} sees it.
   *
   * @param origin the request's {@code Origin}; null if it has none
   */
  default List<HeaderLine> greeting(@Nullable String origin) {
    return List.of();
  }
}
