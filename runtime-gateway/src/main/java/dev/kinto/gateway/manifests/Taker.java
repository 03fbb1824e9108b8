package dev.kinto.gateway.manifests;

import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.manifest.Manifest;
import java.util.List;
import java.util.Optional;

/** Who decides whether a manifest that was pulled comes into force. */
public interface Taker {

  /** The manifest in force; empty while the microservice is not ready. */
  Optional<Manifest> inForce(ServiceId service);

  /**
   * Takes another manifest.
   *
   * @param asked the source that was asked; if it is not the configured one any more, nothing
   *     happens
   * @return what the operator should know of it, in lines for the log
   * @throws InvalidConfigException that lists why it is refused; the one in force stays
   */
  List<String> take(ServiceId service, ServiceConfig asked, Manifest manifest)
      throws InvalidConfigException;

  /** What a microservice showed is not taken; said once for each time that it is something else. */
  void refused(ServiceId service);
}
