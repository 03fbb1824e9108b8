package dev.kinto.gateway.route;

import dev.kinto.gateway.config.HealthCheck;
import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.config.UpstreamLimits;
import dev.kinto.gateway.config.UpstreamTls;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A microservice in its environment.
 *
 * @param id whose it is and what it is called
 * @param manifest what it declares
 * @param upstreams where it runs: origins without a path
 * @param tls how https upstreams are judged
 * @param limits what is asked of each upstream at most
 * @param healthCheck how each upstream is asked whether it is well; empty: it is not
 * @param routes its routes
 * @param configNames the folded names of the configuration values that its routes ask for, whether
 *     there are such values or not: on its routes a client's word must not stand in for one
 *     (contract C30). Registered HTTP fields are not among them.
 */
public record Service(
    ServiceId id,
    Manifest manifest,
    List<HttpOrigin> upstreams,
    UpstreamTls tls,
    UpstreamLimits limits,
    Optional<HealthCheck> healthCheck,
    RouteTable routes,
    Set<String> configNames) {

  /** Copies the collections. */
  public Service {
    upstreams = List.copyOf(upstreams);
    configNames = Set.copyOf(configNames);
  }

  /** Whether one of its routes asks for a configuration value of this folded name. */
  public boolean asksForConfig(String folded) {
    return configNames.contains(folded);
  }

  /**
   * Whether one of its routes has the path of this target, whatever the method.
   *
   * @param target what follows the authority in an address: path, query, fragment; without a path
   *     it is that of {@code /}
   */
  public boolean hasRoute(String target) {
    int end = 0;
    while (end < target.length() && "?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    return !routes.methods(end == 0 ? "/" : target.substring(0, end)).isEmpty();
  }

  /** All its routes, in the order of the manifest. */
  public List<BoundRoute> boundRoutes() {
    return routes.all();
  }

  /** Its name. */
  public MicroserviceName name() {
    return manifest.microservice();
  }
}
