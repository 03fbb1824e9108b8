package dev.kinto.gateway.route;

import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All environments of a gateway, and which client calls which. Immutable. */
public final class Environments {
  private final Map<String, Environment> byName;
  private final Map<String, ClientConfig> clients;
  private final Set<String> allowedOrigins;
  private final List<String> warnings;

  private Environments(
      Map<String, Environment> byName, Map<String, ClientConfig> clients, List<String> warnings) {
    this.byName = Map.copyOf(byName);
    this.clients = clients;
    this.warnings = List.copyOf(warnings);
    this.allowedOrigins =
        clients.values().stream()
            .flatMap(client -> client.allowedOrigins().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Builds all environments of a configuration.
   *
   * @throws InvalidConfigException that lists every problem of every environment
   */
  public static Environments build(GatewayConfig config) throws InvalidConfigException {
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Map<String, Environment> byName = new HashMap<>();
    config
        .environments()
        .forEach(
            (name, each) -> byName.put(name, EnvironmentBuilder.build(each, errors, warnings)));
    if (!errors.isEmpty()) {
      throw new InvalidConfigException(errors);
    }
    return new Environments(byName, config.clients(), warnings);
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
