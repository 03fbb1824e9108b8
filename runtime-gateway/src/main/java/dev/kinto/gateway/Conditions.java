package dev.kinto.gateway;

import dev.kinto.gateway.metrics.Condition;
import dev.kinto.gateway.metrics.Condition.Upstream;
import dev.kinto.gateway.route.Environment;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.session.SessionGrid;
import dev.kinto.gateway.upstream.UpstreamClient;
import dev.kinto.gateway.upstream.UpstreamStatus;
import java.util.ArrayList;
import java.util.List;

/** How a gateway is at a moment, as it is measured (contract C46). */
final class Conditions {
  private Conditions() {}

  static Condition of(State state, SessionGrid grid, UpstreamClient client) {
    return new Condition(
        upstreams(state.environments(), client),
        grid.sessions(),
        grid.nodes().size(),
        grid.isAvailable());
  }

  /** All addresses of all microservices. */
  static List<Upstream> upstreams(Environments environments, UpstreamClient client) {
    List<Upstream> upstreams = new ArrayList<>();
    for (String name : environments.config().environments().keySet()) {
      Environment environment = environments.named(name);
      environment
          .services()
          .forEach(
              service ->
                  client.statusOf(service).stream()
                      .filter(status -> status.address().isPresent() || !status.inUse())
                      .map(status -> upstream(name, service.name().toString(), status))
                      .forEach(upstreams::add));
    }
    return upstreams;
  }

  private static Upstream upstream(String environment, String service, UpstreamStatus status) {
    return new Upstream(
        environment,
        service,
        status.text(),
        status.inUse(),
        status.inFlight() + status.webSockets());
  }
}
