package dev.kinto.gateway;

import dev.kinto.gateway.State.Lasting;
import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.ManifestSource.OnDisk;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.manifests.KeptManifests;
import dev.kinto.gateway.manifests.Taker;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.PulledManifests;
import dev.kinto.gateway.route.PulledManifests.Pulled;
import dev.kinto.gateway.session.TokenKeys;
import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state that requests see, and the only door through which it is replaced: by another
 * configuration, or by a manifest that was pulled (contract C42). What is refused changes nothing.
 */
final class States implements Taker {
  private static final System.Logger LOG = System.getLogger(States.class.getName());

  private final Lasting lasting;
  private final Loader loader;
  private final KeptManifests kept;
  private final Consumer<String> warnings;
  private volatile State current;

  /** Whether there may be sessions of clients that are gone. */
  private boolean clientsAreGone;

  /**
   * The first state.
   *
   * <p>Sessions on a disk may be of clients that were removed while the gateway was down. Only its
   * own disk: to others of a grid, this gateway's configuration may be an old one.
   */
  States(State first, Lasting lasting, Loader loader) {
    this.current = first;
    this.clientsAreGone =
        first.config().grid() instanceof GridSettings.Embedded embedded
            && embedded.storage().persistence().isPresent();
    this.lasting = lasting;
    this.loader = loader;
    this.kept = loader.kept();
    this.warnings = loader.warnings();
  }

  /** What a request sees that begins now. */
  State current() {
    return current;
  }

  /** Takes another configuration and reads the manifests on disk again. */
  synchronized Changes reload(ConfigDraft draft, TokenKeySource keys)
      throws InvalidConfigException, IOException {
    State before = current;
    FixedKeys.check(before.config(), draft);
    keys.check(draft);
    Environments environments = loader.load(draft, before.environments());
    TokenKeys taken = keys.keys(environments.config(), warnings);
    State after = State.of(environments, taken, lasting);
    replace(after);
    lasting.grid().use(taken);
    lasting.grid().index(after.config().admin().index());
    lasting.console().keepOnly(after.config().admin());
    newWarnings(before, after).forEach(warnings);
    clientsAreGone |= !environments.hasAllClientsOf(before.environments());
    return Changes.between(before, after);
  }

  /**
   * Clears away what belongs to no state any more: connections, what was counted of names that are
   * gone, and sessions of clients that are gone. Those cannot be used as it is; removed, they stay
   * ended if the client comes back.
   */
  synchronized void clearAway() {
    Environments environments = current.environments();
    lasting.upstreams().forgetOthers(environments.services());
    lasting.observability().keepOnly(environments, lasting.upstreams());
    if (clientsAreGone) {
      lasting.grid().endOthers(environments::isClientOf);
      clientsAreGone = false;
    }
  }

  @Override
  public Optional<Manifest> inForce(ServiceId service) {
    return current.environments().manifest(service);
  }

  @Override
  public void refused(ServiceId service) {
    lasting.observability().manifestRefused(service);
  }

  /**
   * Judges the manifest beside the requests and the operator, who never wait for that; if the state
   * is another one by then, it is judged again.
   */
  @Override
  public List<String> take(ServiceId id, ServiceConfig asked, Manifest manifest)
      throws InvalidConfigException {
    Optional<List<String>> said = Optional.empty();
    while (said.isEmpty()) {
      State before = current;
      ServiceConfig service = before.config().services().get(id);
      said =
          service == null || !service.hasSourceOf(asked)
              ? Optional.of(List.of())
              : take(before, id, service, manifest);
    }
    return said.get();
  }

  /** What is to be said of it; empty if the state was not the one before any more. */
  private Optional<List<String>> take(
      State before, ServiceId id, ServiceConfig service, Manifest manifest)
      throws InvalidConfigException {
    PulledManifests pulled = before.environments().pulled();
    Pulled next = new Pulled(manifest, trusted(id, pulled, manifest));
    Environments environments = before.environments().with(pulled.with(id, next));
    Release release = Release.between(before.environments(), environments, id);
    if (!release.breaksReaders().isEmpty()) {
      throw new InvalidConfigException(release.breaksReaders());
    }
    State after = State.of(environments, before.keys(), lasting);
    if (!replace(before, after)) {
      return Optional.empty();
    }
    LOG.log(
        Level.INFO, "Manifest of {0} taken up from {1}: {2}", id, service.manifestName(), release);
    return Optional.of(
        Stream.concat(release.warnings().stream(), newWarnings(before, after)).toList());
  }

  /** Replaces the state, unless it is another one by now. */
  @SuppressWarnings("ReferenceEquality") // an equal state of another moment is another state
  private synchronized boolean replace(State before, State after) {
    boolean still = current == before;
    if (still) {
      replace(after);
      lasting.observability().keepOnly(after.environments(), lasting.upstreams());
    }
    return still;
  }

  /** What a microservice may read if the operator lists nothing: what it first did. */
  private Set<String> trusted(ServiceId id, PulledManifests pulled, Manifest manifest)
      throws InvalidConfigException {
    try {
      Optional<Set<String>> known = pulled.of(id).map(Pulled::trusted);
      return (known.isPresent() ? known : kept.trusted(id))
          .orElseGet(() -> PulledManifests.reads(manifest));
    } catch (IOException e) {
      throw new InvalidConfigException(
          List.of("what its first manifest read cannot be looked up: " + e));
    }
  }

  private void replace(State after) {
    State before = current;
    // First kept: what is in force is there for the next start, however this process ends.
    keep(before.environments().pulled(), after);
    lasting.upstreams().know(after.environments().services());
    current = after;
  }

  private static Stream<String> newWarnings(State before, State after) {
    Set<String> known = Set.copyOf(State.warnings(before.environments()));
    return State.warnings(after.environments()).stream()
        .filter(warning -> !known.contains(warning));
  }

  private void keep(PulledManifests before, State after) {
    for (ServiceId id : after.config().services().keySet()) {
      Optional<Pulled> pulled = after.environments().pulled().of(id);
      if (pulled.isPresent() && !pulled.equals(before.of(id))) {
        try {
          kept.keep(id, pulled.get());
        } catch (IOException e) {
          LOG.log(Level.WARNING, "The manifest of " + id + " cannot be kept for the next start", e);
        }
      }
    }
  }

  /** The files besides the configuration that the state was read from. */
  Set<Path> files() {
    GatewayConfig config = current.config();
    Stream<Path> manifests =
        config.services().values().stream()
            .map(ServiceConfig::manifest)
            .flatMap(
                source -> source instanceof OnDisk file ? Stream.of(file.path()) : Stream.empty());
    return Stream.concat(manifests, config.secretFiles().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
