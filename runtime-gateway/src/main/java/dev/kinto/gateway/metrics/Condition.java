package dev.kinto.gateway.metrics;

import java.util.List;

/**
 * How the gateway is at this moment, asked for at each scrape.
 *
 * @param upstreams all addresses of all microservices
 * @param sessions how many sessions the node of this process keeps, copies not counted
 * @param gridNodes how many nodes of the grid are seen, the own one among them
 * @param gridAvailable whether sessions can be read
 */
public record Condition(
    List<Upstream> upstreams, long sessions, int gridNodes, boolean gridAvailable) {

  /** Copies the list. */
  public Condition {
    upstreams = List.copyOf(upstreams);
  }

  /**
   * One address that a microservice runs at.
   *
   * @param environment the environment
   * @param service the microservice
   * @param address as the log names it
   * @param up whether it is called
   * @param inFlight how many requests it has, WebSockets included
   */
  public record Upstream(
      String environment, String service, String address, boolean up, int inFlight) {}
}
