package dev.kinto.gateway;

import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.GatewayConfig.ClientConfig;
import dev.kinto.gateway.config.GatewayConfig.EnvironmentConfig;
import dev.kinto.gateway.config.GatewayConfig.ListenerConfig;
import dev.kinto.gateway.config.GatewayConfig.ServiceConfig;
import dev.kinto.gateway.config.GatewayConfig.TokenKeyConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.SecretHash;
import dev.kinto.gateway.config.UpstreamLimits;
import dev.kinto.gateway.session.SessionLifetime;
import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real gateway in this JVM, on free ports, with an embedded grid in a folder of the test's.
 *
 * <pre>{@code
 * try (TestGateway gateway = TestGateway.in(folder)
 *     .service("articles", manifest, upstream.uri()).publicRoutes("all")
 *     .start()) {
 *   String token = gateway.token();
 * }
 * }</pre>
 *
 * The grid takes about a second to start: start one for each test class. Without further words
 * there is one environment, {@value #ENVIRONMENT}, and one client, {@value #CLIENT}.
 */
final class TestGateway implements AutoCloseable {
  static final String ENVIRONMENT = "demo";
  static final String CLIENT = "demo-web";
  static final String SECRET = "secret-of-demo-web";

  private final Gateway gateway;
  private final TestClock clock;
  private final List<String> warnings;

  private TestGateway(Gateway gateway, TestClock clock, List<String> warnings) {
    this.gateway = gateway;
    this.clock = clock;
    this.warnings = warnings;
  }

  static Builder in(Path folder) {
    return new Builder(folder);
  }

  URI api() {
    return gateway.api();
  }

  URI publicApi() {
    return gateway.publicApi();
  }

  /** The clock of tokens and sessions. */
  TestClock clock() {
    return clock;
  }

  /** What the operator was told at the start. */
  List<String> warnings() {
    return warnings;
  }

  RawClient connect() throws IOException {
    return RawClient.to(api());
  }

  RawClient connectPublic() throws IOException {
    return RawClient.to(publicApi());
  }

  /** A new token of {@value #CLIENT}, by a real {@code POST /auth}. */
  String token() throws IOException {
    return token(CLIENT, SECRET);
  }

  String token(String clientId, String secret) throws IOException {
    RawAnswer answer = issue(clientId, secret);
    if (answer.status() != 200) {
      throw new AssertionError("POST /auth gave " + answer);
    }
    return answer.json().path("token").stringValue();
  }

  /** The answer to {@code POST /auth}. */
  RawAnswer issue(String clientId, String secret) throws IOException {
    String body = "{\"clientId\":\"" + clientId + "\",\"clientSecret\":\"" + secret + "\"}";
    try (RawClient client = connect()) {
      return client.exchange(
          "POST /auth HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }

  /** What a gateway is started from. Calls about a service belong to the last one named. */
  static final class Builder {
    private final Path folder;
    private final Map<String, Environment> environments = new LinkedHashMap<>();
    private final Map<String, ClientConfig> clients = new LinkedHashMap<>();
    private final List<TokenKeyConfig> tokenKeys = new ArrayList<>();
    private Environment environment;

    private Builder(Path folder) {
      this.folder = folder;
      this.environment = environments.computeIfAbsent(ENVIRONMENT, Environment::new);
      client(CLIENT, SECRET);
    }

    /** Goes on in another environment. */
    Builder environment(String name) {
      environment = environments.computeIfAbsent(name, Environment::new);
      return this;
    }

    Builder service(Manifest manifest, URI... upstreams) throws IOException {
      return service(manifest.microservice().toString(), manifest.toJson(), upstreams);
    }

    /** A service whose manifest is given as JSON text. */
    Builder service(String name, String manifest, URI... upstreams) throws IOException {
      Path file = folder.resolve(environment.name + "-" + name + ".json");
      Files.writeString(file, manifest);
      environment.services.add(new Service(name, file, List.of(upstreams)));
      return this;
    }

    Builder publicRoutes(String... routes) {
      environment.services.getLast().publicRoutes.addAll(List.of(routes));
      return this;
    }

    /** What is asked of the upstreams of the last service at most. */
    Builder limits(UpstreamLimits limits) {
      environment.services.getLast().limits = limits;
      return this;
    }

    /** Grants configuration values to the last service. */
    Builder grants(String... names) {
      environment.services.getLast().grants.addAll(List.of(names));
      return this;
    }

    /** A configuration value of the environment. */
    Builder config(String name, String value) {
      environment.config.put(name, value);
      return this;
    }

    /** A client of the current environment. */
    Builder client(String id, String secret) {
      return client(id, secret, SessionLifetime.DEFAULT);
    }

    Builder client(String id, String secret, SessionLifetime lifetime) {
      return client(id, secret, lifetime, Set.of());
    }

    /** A client whose pages may stand at these origins. */
    Builder client(String id, String secret, SessionLifetime lifetime, Set<String> origins) {
      clients.put(
          id, new ClientConfig(id, environment.name, SecretHash.of(secret), origins, lifetime));
      return this;
    }

    /** A key of tokens; without any, one is generated and kept in the folder. */
    Builder tokenKey(String id, String secret) {
      tokenKeys.add(new TokenKeyConfig(id, secret));
      return this;
    }

    /** What the gateway reads instead of a file. */
    GatewayConfig build() {
      Map<String, EnvironmentConfig> built = new LinkedHashMap<>();
      environments.forEach((name, each) -> built.put(name, each.build()));
      return new GatewayConfig(
          new ListenerConfig("127.0.0.1", 0),
          new ListenerConfig("127.0.0.1", 0),
          built,
          clients,
          tokenKeys,
          Duration.ofSeconds(30),
          folder.resolve("data"));
    }

    TestGateway start() throws IOException, InvalidConfigException {
      return start(new TestClock());
    }

    TestGateway start(TestClock clock) throws IOException, InvalidConfigException {
      List<String> warnings = new CopyOnWriteArrayList<>();
      return new TestGateway(Gateway.start(build(), warnings::add, clock), clock, warnings);
    }
  }

  private static final class Environment {
    private final String name;
    private final List<Service> services = new ArrayList<>();
    private final Map<String, String> config = new LinkedHashMap<>();

    Environment(String name) {
      this.name = name;
    }

    EnvironmentConfig build() {
      Map<String, ServiceConfig> built = new LinkedHashMap<>();
      for (Service service : services) {
        built.put(
            service.name,
            new ServiceConfig(
                service.name,
                service.manifest,
                service.upstreams,
                service.limits,
                service.grants,
                service.publicRoutes,
                "test: " + service.name));
      }
      return new EnvironmentConfig(name, config, built);
    }
  }

  private static final class Service {
    private final String name;
    private final Path manifest;
    private final List<URI> upstreams;
    private final List<String> publicRoutes = new ArrayList<>();
    private final List<String> grants = new ArrayList<>();
    private UpstreamLimits limits = UpstreamLimits.DEFAULT;

    Service(String name, Path manifest, List<URI> upstreams) {
      this.name = name;
      this.manifest = manifest;
      this.upstreams = upstreams;
    }
  }
}
