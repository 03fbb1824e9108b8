package dev.kinto.gateway.route;

import dev.kinto.gateway.config.ServiceId;
import dev.kinto.manifest.Manifest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The manifests that were pulled and are in force, beside the configuration the other half of what
 * environments are built from. Immutable.
 */
public final class PulledManifests {
  /** None yet. */
  public static final PulledManifests NONE = new PulledManifests(Map.of());

  private final Map<ServiceId, Pulled> byService;

  private PulledManifests(Map<ServiceId, Pulled> byService) {
    this.byService = Map.copyOf(byService);
  }

  /**
   * A manifest, and what its microservice may read.
   *
   * @param manifest what the microservice declares
   * @param trusted the reads that it may have where the operator lists none (contract C42)
   */
  public record Pulled(Manifest manifest, Set<String> trusted) {
    /** Copies the set. */
    public Pulled {
      trusted = Set.copyOf(trusted);
    }

    /** The first one of its microservice: it is trusted with what it reads. */
    public static Pulled first(Manifest manifest) {
      return new Pulled(manifest, reads(manifest));
    }
  }

  /** The session fields and configuration values that a manifest reads, by their names. */
  public static Set<String> reads(Manifest manifest) {
    Set<String> reads = new TreeSet<>();
    manifest.routes().stream()
        .flatMap(
            route ->
                Stream.concat(
                    route.reads().stream().map(read -> read.field().spelling()),
                    route.config().stream().map(read -> read.field().spelling())))
        .forEach(reads::add);
    return reads;
  }

  /** The one of a microservice. */
  public Optional<Pulled> of(ServiceId service) {
    return Optional.ofNullable(byService.get(service));
  }

  /** These, with another one for a microservice. */
  public PulledManifests with(ServiceId service, Pulled pulled) {
    Map<ServiceId, Pulled> more = new HashMap<>(byService);
    more.put(service, pulled);
    return new PulledManifests(more);
  }

  /** These, without the one of a microservice. */
  public PulledManifests without(ServiceId service) {
    Map<ServiceId, Pulled> fewer = new HashMap<>(byService);
    fewer.remove(service);
    return new PulledManifests(fewer);
  }
}
