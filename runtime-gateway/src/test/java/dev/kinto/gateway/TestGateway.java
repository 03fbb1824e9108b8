package dev.kinto.gateway;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.SecretHash;
import dev.kinto.gateway.observe.RecentRequests;
import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.session.SessionLifetime;
import dev.kinto.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

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
 * The grid takes about a second to start: start one for each test class, as {@link
 * GatewayExtension} does where one gateway and one upstream are enough. Without further words there
 * is one environment, {@value #ENVIRONMENT}, and one client, {@value #CLIENT}.
 */
final class TestGateway implements GatewayCalls, AutoCloseable {
  static final String ENVIRONMENT = "demo";
  static final String CLIENT = "demo-web";
  static final String SECRET = "secret-of-demo-web";

  /** A system property: the engine of all gateways that say nothing else. */
  private static final String ENGINE = "kinto.test.engine";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Gateway gateway;
  private final Protocol protocol;
  private final TestClock clock;
  private final List<String> warnings;
  private final String gridFolder;
  private final Map<URI, Http2TextClient> connections = new HashMap<>();

  private TestGateway(
      Gateway gateway,
      Protocol protocol,
      TestClock clock,
      List<String> warnings,
      String gridFolder) {
    this.gateway = gateway;
    this.gridFolder = gridFolder;
    this.protocol = protocol;
    this.clock = clock;
    this.warnings = warnings;
  }

  static Builder in(Path folder) {
    return new Builder(folder);
  }

  @Override
  public URI api() {
    return gateway.api();
  }

  @Override
  public URI publicApi() {
    return gateway.publicApi();
  }

  URI admin() {
    return gateway.admin();
  }

  /** The clock of tokens and sessions. */
  TestClock clock() {
    return clock;
  }

  /** What the operator was told at the start. */
  List<String> warnings() {
    return warnings;
  }

  /** What the gateway can tell of its last requests. */
  RecentRequests recent() {
    return gateway.recentRequests();
  }

  /** What is known of a request that was answered; the answer may be there before it is noted. */
  RequestRecord recorded(RawAnswer answer) throws InterruptedException {
    String id = answer.header("kinto-request-id").orElseThrow();
    Optional<RequestRecord> found = recent().find(id);
    while (found.isEmpty()) {
      Thread.sleep(5);
      found = recent().find(id);
    }
    return found.get();
  }

  /** The grid's node, which a test may take away from the running gateway. */
  Ignite grid() {
    return Ignition.allGrids().stream()
        .filter(node -> node.configuration().getWorkDirectory().equals(gridFolder))
        .findFirst()
        .orElseThrow();
  }

  /**
   * A client that speaks what the gateway was built for. Over HTTP/2 all clients share a
   * connection, as those of a browser do.
   */
  @Override
  public TextClient client() throws IOException {
    return client(api());
  }

  TextClient publicClient() throws IOException {
    return client(publicApi());
  }

  private TextClient client(URI address) throws IOException {
    if (protocol == Protocol.HTTP_1_1) {
      return RawClient.to(address);
    }
    Http2TextClient shared = connections.get(address);
    if (shared == null) {
      shared = Http2TextClient.to(address);
      connections.put(address, shared);
    }
    return shared::exchange;
  }

  /** Takes another configuration while it runs. */
  Changes reload(Builder next) throws IOException, InvalidConfigException {
    return gateway.reload(next.build());
  }

  /** Takes a configuration as the gateway does by itself after one was refused. */
  Changes retry(Builder next) throws IOException, InvalidConfigException {
    return gateway.retry(next.build());
  }

  @Override
  public void close() {
    connections.values().forEach(Http2TextClient::close);
    gateway.close();
  }

  /**
   * The configuration file that a gateway is started from. Calls about a service, an environment or
   * a client belong to the last one named. {@code set}, {@code serviceKey} and {@code clientKey}
   * set any key of docs/configuration.md; values are what YAML has: texts, numbers, lists, maps.
   */
  static final class Builder {
    private final Path folder;
    private final Map<String, Object> root = new LinkedHashMap<>();
    private final List<Object> clients = new ArrayList<>();
    private final List<Object> tokenKeys = new ArrayList<>();
    private String environment = ENVIRONMENT;
    private Protocol protocol = Protocol.HTTP_1_1;
    private Map<String, Object> service = new LinkedHashMap<>();
    private Map<String, Object> client = new LinkedHashMap<>();

    private Builder(Path folder) {
      this.folder = folder;
      set("listeners.api.port", 0);
      set("listeners.public.port", 0);
      set("listeners.admin.port", 0);
      set("dataDirectory", folder.resolve("data").toString());
      Optional.ofNullable(System.getProperty(ENGINE)).ifPresent(engine -> set("engine", engine));
      root.put("clients", clients);
      environment(ENVIRONMENT);
      client(CLIENT, SECRET);
    }

    /** Where the gateway has its data and its files. */
    Path folder() {
      return folder;
    }

    /** Sets a key, whose parts are separated by dots. */
    Builder set(String key, Object value) {
      put(root, key, value);
      return this;
    }

    /** Sets a key of the last service. */
    Builder serviceKey(String key, Object value) {
      put(service, key, value);
      return this;
    }

    /** Sets a key of the last client. */
    Builder clientKey(String key, Object value) {
      put(client, key, value);
      return this;
    }

    /** Goes on in another environment. */
    Builder environment(String name) {
      environment = name;
      section(root, "environments", name, "services");
      return this;
    }

    /** With HTTP/2 both listeners have TLS. */
    Builder over(Protocol spoken) throws IOException {
      protocol = spoken;
      if (spoken == Protocol.HTTP_2) {
        Map<String, Object> tls = TestCertificate.in(folder, "localhost").config();
        for (String listener : List.of("listeners.api", "listeners.public")) {
          set(listener + ".tls", tls);
          set(listener + ".http2", true);
        }
      }
      return this;
    }

    Builder service(Manifest manifest, URI... upstreams) throws IOException {
      return service(manifest.microservice().toString(), manifest.toJson(), upstreams);
    }

    /** A service whose manifest is given as JSON text. */
    Builder service(String name, String manifest, URI... upstreams) throws IOException {
      Path file = folder.resolve(environment + "-" + name + ".json");
      Files.writeString(file, manifest);
      service = section(root, "environments", environment, "services", name);
      return serviceKey("manifest", file.toString())
          .serviceKey("upstreams", Stream.of(upstreams).map(URI::toString).toList());
    }

    /** A service whose manifest is asked of its upstreams, unless the key is set. */
    Builder running(String name, URI... upstreams) {
      service = section(root, "environments", environment, "services", name);
      return serviceKey("upstreams", Stream.of(upstreams).map(URI::toString).toList());
    }

    /** The api listener speaks TLS, as {@code localhost}, and HTTP/2 over it. */
    Builder http2() throws IOException {
      return set("listeners.api.tls", TestCertificate.in(folder, "localhost").config())
          .set("listeners.api.http2", true);
    }

    Builder publicRoutes(String... routes) {
      return serviceKey("public", List.of(routes));
    }

    /** Grants configuration values to the last service. */
    Builder grants(String... names) {
      return serviceKey("config", List.of(names));
    }

    /** A configuration value of the environment. */
    Builder config(String name, String value) {
      section(root, "environments", environment, "config").put(name, value);
      return this;
    }

    /** A client of the current environment. */
    Builder client(String id, String secret) {
      client = new LinkedHashMap<>();
      clients.add(client);
      return clientKey("id", id)
          .clientKey("environment", environment)
          .clientKey("secretHash", SecretHash.of(secret).toString());
    }

    Builder client(String id, String secret, SessionLifetime lifetime) {
      return client(id, secret)
          .clientKey("idleTimeout", lifetime.idle().toString())
          .clientKey("unusedIdleTimeout", lifetime.unused().toString())
          .clientKey("unusedMaxLifetime", lifetime.unusedMax().toString())
          .clientKey("maxLifetime", lifetime.max().toString());
    }

    /** A key of tokens; without any, one is generated and kept in the folder. */
    Builder tokenKey(String id, String secret) {
      tokenKeys.add(Map.of("id", id, "secret", secret));
      return set("tokens.keys", tokenKeys);
    }

    /** Writes the file; JSON is YAML. */
    Path write() throws IOException {
      Path file = folder.resolve("gateway.yaml");
      Files.writeString(file, JSON.writeValueAsString(root).replace("${", "$${"));
      return file;
    }

    ConfigDraft build() throws IOException {
      return GatewayConfig.read(write(), Map.of());
    }

    TestGateway start() throws IOException, InvalidConfigException {
      return start(new TestClock());
    }

    TestGateway start(TestClock clock) throws IOException, InvalidConfigException {
      List<String> warnings = new CopyOnWriteArrayList<>();
      ConfigDraft config = build();
      return new TestGateway(
          Gateway.start(config, warnings::add, clock, clock::nanoTime),
          protocol,
          clock,
          warnings,
          config.readable().dataDirectory().resolve("grid").toAbsolutePath().toString());
    }

    private static void put(Map<String, Object> from, String key, Object value) {
      String[] parts = key.split("\\.", -1);
      section(from, Arrays.copyOf(parts, parts.length - 1)).put(parts[parts.length - 1], value);
    }

    @SuppressWarnings("unchecked") // sections are put there by this method only
    private static Map<String, Object> section(Map<String, Object> from, String... path) {
      Map<String, Object> section = from;
      for (String part : path) {
        section = (Map<String, Object>) section.computeIfAbsent(part, _ -> new LinkedHashMap<>());
      }
      return section;
    }
  }
}
