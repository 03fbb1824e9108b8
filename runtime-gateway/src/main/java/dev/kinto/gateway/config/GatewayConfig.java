package dev.kinto.gateway.config;

import dev.kinto.gateway.session.SessionLifetime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a gateway (contract C43), checked as far as one file can be; what the
 * manifests say to it is checked when the environments are built.
 *
 * @param api where applications call, with a token
 * @param publicListener where public addresses answer, without one
 * @param environments by name
 * @param clients by id
 * @param tokenKeys the keys of tokens in order, the first signs; empty: one is generated and kept
 * @param tokenGrace how long the token from before a rotation still serves calls
 * @param dataDirectory where the gateway keeps the generated token key and the grid's files
 */
public record GatewayConfig(
    ListenerConfig api,
    ListenerConfig publicListener,
    Map<String, EnvironmentConfig> environments,
    Map<String, ClientConfig> clients,
    List<TokenKeyConfig> tokenKeys,
    Duration tokenGrace,
    Path dataDirectory) {

  /** Copies the collections. */
  public GatewayConfig {
    environments = inOrder(environments);
    clients = inOrder(clients);
    tokenKeys = List.copyOf(tokenKeys);
  }

  /**
   * Reads a file. Relative paths in it are relative to the file.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidConfigException that lists every problem
   */
  public static GatewayConfig read(Path file) throws IOException, InvalidConfigException {
    return read(file, System.getenv());
  }

  /** Reads a file with these environment variables. */
  public static GatewayConfig read(Path file, Map<String, String> variables)
      throws IOException, InvalidConfigException {
    return new ConfigReader(file, variables::get).read();
  }

  /** A copy in the order of the file, in which problems are listed too. */
  private static <V> Map<String, V> inOrder(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * Where a listener listens.
   *
   * @param host an address or host name of this machine
   * @param port 0 for any free one
   */
  public record ListenerConfig(String host, int port) {}

  /**
   * An environment.
   *
   * @param name its name
   * @param values the configuration values that (Config) headers receive, by header name
   * @param services by name
   */
  public record EnvironmentConfig(
      String name, Map<String, String> values, Map<String, ServiceConfig> services) {

    /** Copies the maps. */
    public EnvironmentConfig {
      values = Map.copyOf(values);
      services = inOrder(services);
    }

    /** Shows no values: they are secrets. */
    @Override
    public String toString() {
      return "EnvironmentConfig[" + name + "]";
    }
  }

  /**
   * A microservice in an environment.
   *
   * @param name its name
   * @param manifest a manifest, or a jar that holds it
   * @param upstreams where it runs
   * @param limits what is asked of each upstream at most
   * @param grants the configuration values that it may receive
   * @param publicRoutes route names, {@code METHOD /path}, or {@code all}
   * @param place where it stands in the file, for problems with its manifest
   */
  public record ServiceConfig(
      String name,
      Path manifest,
      List<URI> upstreams,
      UpstreamLimits limits,
      List<String> grants,
      List<String> publicRoutes,
      String place) {

    /** Copies the lists. */
    public ServiceConfig {
      upstreams = List.copyOf(upstreams);
      grants = List.copyOf(grants);
      publicRoutes = List.copyOf(publicRoutes);
    }
  }

  /**
   * A client.
   *
   * @param id what it sends as clientId
   * @param environment the environment that it may call
   * @param secretHash SHA-256 of its secret
   * @param allowedOrigins the origins of pages that may call with its tokens (contract C43)
   * @param lifetime how long its sessions live
   */
  public record ClientConfig(
      String id,
      String environment,
      SecretHash secretHash,
      Set<String> allowedOrigins,
      SessionLifetime lifetime) {

    /** Copies the set. */
    public ClientConfig {
      allowedOrigins = Set.copyOf(allowedOrigins);
    }
  }

  /**
   * A key of tokens.
   *
   * @param id what tokens that it signed begin with
   * @param secret at least 32 characters from a random source
   */
  public record TokenKeyConfig(String id, String secret) {
    @Override
    public String toString() {
      return "TokenKeyConfig[" + id + "]";
    }
  }
}
