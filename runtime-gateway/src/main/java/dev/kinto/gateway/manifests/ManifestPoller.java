package dev.kinto.gateway.manifests;

import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks on and on for the manifests that are not on disk, each microservice on a thread of its own,
 * so that a slow one keeps nobody waiting (contract C42). Safe for use by several threads.
 */
public final class ManifestPoller implements AutoCloseable {
  private final Taker taker;
  private final ManifestClient client = new ManifestClient();
  private final Judge judge = new Judge();
  private final Map<ServiceId, Watch> watches = new HashMap<>();

  /** Pulls nothing yet. */
  public ManifestPoller(Taker taker) {
    this.taker = taker;
  }

  /** From now on asks for the manifests of this configuration, and begins at once. */
  public synchronized void follow(GatewayConfig config) {
    Duration interval = config.manifests().pollInterval();
    Map<ServiceId, ServiceConfig> services = config.services();
    services.values().removeIf(service -> !service.manifest().pulled());
    watches
        .entrySet()
        .removeIf(
            entry -> {
              ServiceConfig service = services.get(entry.getKey());
              boolean over = service == null || !entry.getValue().does(service, interval);
              if (over) {
                entry.getValue().stop();
              }
              return over;
            });
    // What was refused may be allowed by now: the operator need not wait for the next time.
    watches.values().forEach(Watch::wake);
    services.forEach(
        (id, service) ->
            watches.computeIfAbsent(
                id, _ -> Watch.start(id, service, interval, client, judge, taker)));
  }

  /** Ends without a word, also what is under way. */
  @Override
  public synchronized void close() {
    watches.values().forEach(Watch::stop);
    watches.clear();
    client.close();
    judge.close();
  }
}
