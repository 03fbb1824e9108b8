package dev.kinto.gateway.http;

import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of one port apart by the host name that the client called (contract C18).
 *
 * <p>Where the TLS handshake named a host, the request must name the same: one that a client sends
 * over a connection that it made for another name is misdirected (RFC 9110, section 7.4).
 */
public final class VirtualHosts implements ExchangeHandler {
  private final Map<String, ExchangeHandler> handlers;

  /**
   * A handler that gives each request to its host's.
   *
   * @param handlers by host name in lower case, without a port; at least one. Until the host is
   *     known, one of them greets for all.
   */
  public VirtualHosts(Map<String, ExchangeHandler> handlers) {
    this.handlers = Map.copyOf(handlers);
  }

  @Override
  public void handle(ClientRequest request, ClientResponse response, Observation observation) {
    String name = HostName.of(request.caller().host());
    ExchangeHandler handler = handlers.get(name);
    if (handler == null) {
      throw new Refusal(
          ProblemCode.HOST_UNKNOWN, "No listener of this address has the name \"" + name + "\".");
    }
    if (!request.serverName().map(HostName::withoutRoot).orElse(name).equals(name)) {
      throw new Refusal(
          ProblemCode.HOST_UNKNOWN,
          "The connection was made for \""
              + request.serverName().orElse("")
              + "\", the request names \""
              + name
              + "\".");
    }
    ExchangeHandler now = handler.now();
    response.always(now.greeting(request.header("origin").orElse(null)));
    now.handle(request, response, observation);
  }

  @Override
  public List<HeaderLine> greeting(@Nullable String origin) {
    return handlers.values().iterator().next().greeting(origin);
  }
}
