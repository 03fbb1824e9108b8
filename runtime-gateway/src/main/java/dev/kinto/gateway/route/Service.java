package dev.kinto.gateway.route;

import dev.kinto.gateway.config.UpstreamLimits;
import dev.kinto.gateway.config.UpstreamTls;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.net.URI;
import java.util.List;

/**
 * A microservice in its environment.
 *
 * @param manifest what it declares
 * @param upstreams where it runs: origins without a path
 * @param tls how https upstreams are judged
 * @param limits what is asked of each upstream at most
 * @param routes its routes
 */
public record Service(
    Manifest manifest,
    List<URI> upstreams,
    UpstreamTls tls,
    UpstreamLimits limits,
    RouteTable routes) {

  /** Copies the list. */
  public Service {
    upstreams = List.copyOf(upstreams);
  }

  /** Its name. */
  public MicroserviceName name() {
    return manifest.microservice();
  }
}
