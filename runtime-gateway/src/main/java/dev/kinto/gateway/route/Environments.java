package dev.kinto.gateway.route;

import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.EnvironmentConfig;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** All environments of a gateway, and which client calls which. Immutable. */
public final class Environments {
  private final GatewayConfig config;
  private final Map<String, Map<String, Manifest>> onDisk;
  private final PulledManifests pulled;
  private final Map<String, Environment> byName;
  private final Map<String, ClientConfig> clients;
  private final Set<String> allowedOrigins;
  private final Set<String> cookieOrigins;
  private final Map<String, Set<String>> methodsByOrigin = new HashMap<>();
  private final Set<String> allMethods = new HashSet<>();
  private final List<String> warnings;

  private Environments(
      GatewayConfig config,
      Map<String, Map<String, Manifest>> onDisk,
      PulledManifests pulled,
      Map<String, Environment> byName,
      List<String> warnings) {
    this.config = config;
    this.onDisk = Map.copyOf(onDisk);
    this.pulled = pulled;
    this.byName = Map.copyOf(byName);
    this.clients = config.clients();
    this.warnings = List.copyOf(warnings);
    this.allowedOrigins =
        clients.values().stream()
            .flatMap(client -> client.allowedOrigins().stream())
            .collect(Collectors.toUnmodifiableSet());
    this.cookieOrigins =
        clients.values().stream()
            .filter(ClientConfig::cookie)
            .flatMap(client -> client.allowedOrigins().stream())
            .collect(Collectors.toUnmodifiableSet());
    byName.values().forEach(environment -> allMethods.addAll(environment.methods()));
    for (ClientConfig client : clients.values()) {
      for (String origin : client.allowedOrigins()) {
        methodsByOrigin
            .computeIfAbsent(origin, _ -> new HashSet<>())
            .addAll(named(client.environment()).methods());
      }
    }
  }

  /**
   * Builds all environments of a configuration: the manifests on disk are read, and what is wrong
   * with them is noted in the draft, and so are contract errors, as far as they can be seen.
   *
   * @param pulled the manifests that are not on disk; a microservice whose one is not there yet is
   *     not ready
   * @throws InvalidConfigException that lists every problem of the configuration and of every
   *     environment
   */
  public static Environments build(ConfigDraft draft, PulledManifests pulled)
      throws InvalidConfigException {
    Map<String, Map<String, Manifest>> onDisk = new HashMap<>();
    for (EnvironmentConfig each : draft.readable().environments().values()) {
      onDisk.put(each.name(), ManifestFiles.load(each, draft));
    }
    return of(draft, onDisk, pulled);
  }

  /**
   * The same environments with other pulled manifests. Files are not read again.
   *
   * @throws InvalidConfigException that lists what speaks against them
   */
  public Environments with(PulledManifests others) throws InvalidConfigException {
    return of(ConfigDraft.of(config), onDisk, others);
  }

  /**
   * The same environments with more pulled manifests, as far as they fit. What makes one unfit is
   * found at its own microservice, whoever else is there, so that none is judged more than twice.
   *
   * @param unfit takes each that is left out, with what speaks against it
   * @throws InvalidConfigException that lists what speaks against all of them
   */
  public Environments withFitting(PulledManifests more, BiConsumer<ServiceId, List<String>> unfit)
      throws InvalidConfigException {
    ConfigDraft draft = ConfigDraft.of(config);
    List<String> warnings = new ArrayList<>();
    Map<String, Environment> byName = bind(draft, onDisk, more, warnings);
    PulledManifests fitting = more;
    boolean allFit = true;
    for (EnvironmentConfig environment : config.environments().values()) {
      for (ServiceConfig service : environment.services().values()) {
        List<String> problems = draft.problems().about(environment.key(service) + ".manifest");
        if (!problems.isEmpty()) {
          ServiceId id = new ServiceId(environment.name(), service.name());
          unfit.accept(id, problems);
          fitting = fitting.without(id);
          allFit = false;
        }
      }
    }
    return allFit
        ? new Environments(draft.orThrow(), onDisk, more, byName, warnings)
        : with(fitting);
  }

  private static Environments of(
      ConfigDraft draft, Map<String, Map<String, Manifest>> onDisk, PulledManifests pulled)
      throws InvalidConfigException {
    List<String> warnings = new ArrayList<>();
    Map<String, Environment> byName = bind(draft, onDisk, pulled, warnings);
    return new Environments(draft.orThrow(), onDisk, pulled, byName, warnings);
  }

  /** Builds one environment after the other; they must not be used if the draft has problems. */
  private static Map<String, Environment> bind(
      ConfigDraft draft,
      Map<String, Map<String, Manifest>> onDisk,
      PulledManifests pulled,
      List<String> warnings) {
    Map<String, Environment> byName = new HashMap<>();
    for (EnvironmentConfig each : draft.readable().environments().values()) {
      Map<String, Manifest> manifests = onDisk.getOrDefault(each.name(), Map.of());
      byName.put(each.name(), EnvironmentBuilder.build(each, manifests, pulled, draft, warnings));
    }
    return byName;
  }

  /** What they were built from. */
  public GatewayConfig config() {
    return config;
  }

  /** The manifests that are not on disk, as far as they are in force. */
  public PulledManifests pulled() {
    return pulled;
  }

  /** What an operator should know but need not mend. */
  public List<String> warnings() {
    return warnings;
  }

  /** All microservices of all environments. */
  public List<Service> services() {
    return byName.values().stream()
        .flatMap(environment -> environment.services().stream())
        .toList();
  }

  /** What a microservice declares; empty as long as that is not known, or if there is none. */
  public Optional<Manifest> manifest(ServiceId service) {
    return Optional.ofNullable(byName.get(service.environment()))
        .flatMap(environment -> environment.manifest(service.service()));
  }

  /** The environment of this name, which a live session or a known client names. */
  public Environment named(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  /** The client of this id. */
  public Optional<ClientConfig> client(String id) {
    return Optional.ofNullable(clients.get(id));
  }

  /** The client of a live session, which is configured: authentication has looked. */
  public ClientConfig clientOf(String id) {
    return Objects.requireNonNull(clients.get(id), id);
  }

  /** The origins of pages that some client lists. */
  public Set<String> allowedOrigins() {
    return allowedOrigins;
  }

  /** Those of them from which browsers may send a client's cookie along. */
  public Set<String> cookieOrigins() {
    return cookieOrigins;
  }

  /** Whether some client's tokens may be in cookies. */
  public boolean hasCookies() {
    return clients.values().stream().anyMatch(ClientConfig::cookie);
  }

  /**
   * The methods of all routes of the environments that a page of this origin may call: those of the
   * clients that list it, or of all where none does.
   */
  public Set<String> methodsFor(String origin) {
    return methodsByOrigin.getOrDefault(origin, allMethods);
  }

  /** Whether the client is still configured for this environment (contract C25). */
  public boolean isClientOf(String clientId, String environment) {
    return client(clientId).filter(client -> client.environment().equals(environment)).isPresent();
  }

  /** Whether every client of others is still configured for the same environment. */
  public boolean hasAllClientsOf(Environments others) {
    return others.clients.values().stream()
        .allMatch(client -> isClientOf(client.id(), client.environment()));
  }
}
