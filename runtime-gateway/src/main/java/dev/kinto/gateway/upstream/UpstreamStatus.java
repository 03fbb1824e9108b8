package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * How one address of a microservice is at the moment.
 *
 * @param origin the origin, as it is configured
 * @param address one of those that its name stands for; empty as long as the name is not known
 * @param inUse whether it is called; false while it is set aside because it cannot be reached
 * @param healthy whether it passes its health check; empty if it has none
 * @param inFlight how many requests it has
 * @param webSockets how many WebSockets
 * @param lastFailure when it could not be reached last, since it is known
 */
public record UpstreamStatus(
    HttpOrigin origin,
    Optional<InetAddress> address,
    boolean inUse,
    Optional<Boolean> healthy,
    int inFlight,
    int webSockets,
    Optional<Failure> lastFailure) {

  /** As the log and the metrics name it. */
  public String text() {
    return address.map(each -> Endpoint.of(origin, each).toString()).orElseGet(origin::toString);
  }

  /**
   * Something that went wrong.
   *
   * @param at when
   * @param reason in one line
   */
  public record Failure(Instant at, String reason) {}
}
