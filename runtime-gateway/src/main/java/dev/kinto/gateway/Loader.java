package dev.kinto.gateway;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.manifests.KeptManifests;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.PulledManifests;
import dev.kinto.gateway.route.PulledManifests.Pulled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Resolves a configuration, at a start and at a reload: its manifests on disk, those that
 * microservices showed before, and the environments that all of them make (contract C42).
 *
 * @param kept the manifests that were pulled by this gateway or one before it
 * @param warnings takes what is left out
 */
record Loader(KeptManifests kept, Consumer<String> warnings) {

  static Loader of(GatewayConfig config, Consumer<String> warnings) {
    return new Loader(new KeptManifests(config.dataDirectory().resolve("manifests")), warnings);
  }

  /**
   * The environments of a start.
   *
   * @throws InvalidConfigException that lists all that is wrong with the configuration and the
   *     manifests on disk
   */
  Environments load(ConfigDraft draft) throws InvalidConfigException {
    return withKept(Environments.build(draft, PulledManifests.NONE));
  }

  /**
   * The environments of a reload: what is in force stays in force, also of a microservice that had
   * its manifest on disk.
   *
   * @throws InvalidConfigException that lists all that is wrong with the configuration, and with
   *     what is in force beside it
   */
  Environments load(ConfigDraft draft, Environments before) throws InvalidConfigException {
    return withKept(Environments.build(draft, carried(before, draft.readable())));
  }

  private static PulledManifests carried(Environments before, GatewayConfig config) {
    PulledManifests carried = PulledManifests.NONE;
    for (Map.Entry<ServiceId, ServiceConfig> each : config.services().entrySet()) {
      ServiceId id = each.getKey();
      if (each.getValue().manifest().pulled()) {
        Optional<Pulled> pulled =
            before.pulled().of(id).or(() -> before.manifest(id).map(Pulled::first));
        if (pulled.isPresent()) {
          carried = carried.with(id, pulled.get());
        }
      }
    }
    return carried;
  }

  /**
   * Adds what was kept. What does not fit any more stops no start; its microservice is not ready
   * until it gives another.
   */
  private Environments withKept(Environments environments) throws InvalidConfigException {
    boolean more = false;
    PulledManifests all = environments.pulled();
    for (Map.Entry<ServiceId, ServiceConfig> each : environments.config().services().entrySet()) {
      ServiceId id = each.getKey();
      if (each.getValue().manifest().pulled() && all.of(id).isEmpty()) {
        Optional<Pulled> found = kept.load(id, warnings);
        if (found.isPresent()) {
          all = all.with(id, found.get());
          more = true;
        }
      }
    }
    return more ? environments.withFitting(all, this::leftOut) : environments;
  }

  private void leftOut(ServiceId id, List<String> problems) {
    problems.forEach(warnings);
    warnings.accept(
        id
            + ": the manifest that was kept does not fit any more and is left out; the microservice"
            + " is not ready until it gives another.");
  }
}
