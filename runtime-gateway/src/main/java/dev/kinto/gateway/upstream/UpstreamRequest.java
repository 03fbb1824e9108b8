package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.UpstreamLimits;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Service;
import java.util.List;
import java.util.Optional;

/**
 * A request on its way to a microservice.
 *
 * @param service the microservice; any of its upstreams will do
 * @param target the raw target, path and query
 * @param headers the header lines, without Host and framing
 * @param webSocket whose WebSocket it is, if the client wants to speak WebSocket
 * @param client the client's request, whose method and body go on
 * @param observation takes what becomes of the call
 */
public record UpstreamRequest(
    Service service,
    String target,
    List<HeaderLine> headers,
    Optional<WebSocketOwner> webSocket,
    ClientRequest client,
    Observation observation) {

  /** Whether the client wants to speak WebSocket. */
  boolean upgrade() {
    return webSocket.isPresent();
  }

  /** What is asked of each upstream at most. */
  UpstreamLimits limits() {
    return service.limits();
  }

  /**
   * The same request, without the body that it seems to have if there is no byte in it.
   *
   * @throws Refusal if the body cannot be read
   */
  UpstreamRequest withoutEmptyBody() {
    return new UpstreamRequest(
        service, target, headers, webSocket, client.withoutEmptyBody(), observation);
  }

  /** Whether a second attempt does no harm (RFC 9110, section 9.2.2; contract C34). */
  boolean repeatable() {
    return !client.hasBody()
        && switch (client.method()) {
          case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
          default -> false;
        };
  }
}
