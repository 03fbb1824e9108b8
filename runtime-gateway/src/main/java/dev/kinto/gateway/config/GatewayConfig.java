package dev.kinto.gateway.config;

import dev.kinto.gateway.grid.GridSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of a gateway (contract C43), checked as far as one file can be; what the
 * manifests say to it is checked when the environments are built.
 *
 * @param listeners where it listens
 * @param engine what runs the threads that serve them
 * @param clientLimits what a client may send at most, and how long it is waited for
 * @param trustedProxies the proxies in front of the gateway whose word on clients is taken
 * @param maxCalls how many calls to microservices there may be at a time
 * @param webSocketLimits how many of them may be WebSockets
 * @param environments by name, in the order of the file
 * @param manifests how they are pulled where they are not on disk
 * @param clients by id, in the order of the file
 * @param session what holds for the sessions of all clients
 * @param authLimits how often tokens may be asked for
 * @param tokens how tokens are made
 * @param admin who may ask the admin API, and what it shows
 * @param drain how it stops
 * @param grid where sessions are kept
 * @param accessLog the line that each request leaves; empty: none
 * @param tracing where traces are sent; empty: nowhere
 * @param metrics whether it is counted what requests do
 * @param recentRequests how many requests it can tell of afterwards
 * @param dataDirectory where the gateway keeps the generated token key and the grid's files
 * @param digest SHA-256 of the file, as hex digits
 * @param secretFiles the files that secrets were read from
 * @param warnings what an operator should know of it but need not mend
 * @param places where all this stands in the file
 */
public record GatewayConfig(
    ListenersConfig listeners,
    Engine engine,
    ClientLimits clientLimits,
    List<AddressRange> trustedProxies,
    int maxCalls,
    WebSocketLimits webSocketLimits,
    Map<String, EnvironmentConfig> environments,
    ManifestsConfig manifests,
    Map<String, ClientConfig> clients,
    SessionConfig session,
    AuthLimits authLimits,
    TokensConfig tokens,
    AdminConfig admin,
    DrainConfig drain,
    GridSettings grid,
    Optional<AccessLogConfig> accessLog,
    Optional<TracingConfig> tracing,
    boolean metrics,
    RecentRequestsConfig recentRequests,
    Path dataDirectory,
    String digest,
    Set<Path> secretFiles,
    List<String> warnings,
    Places places) {

  private static final int BYTES_OF_A_CALL = 100 * 1024;

  /** Copies the collections. */
  public GatewayConfig {
    trustedProxies = List.copyOf(trustedProxies);
    environments = inOrder(environments);
    clients = inOrder(clients);
    secretFiles = Set.copyOf(secretFiles);
    warnings = List.copyOf(warnings);
  }

  /** Reads a file, as far as that is possible. Relative paths in it are relative to the file. */
  public static ConfigDraft read(Path file) {
    return read(file, System.getenv());
  }

  /** Reads a file with these environment variables. */
  public static ConfigDraft read(Path file, Map<String, String> variables) {
    return read(new ConfigFile(file, variables::get, InetAddress::getByName));
  }

  /**
   * Reads a file for a gateway that runs. It looks no name up: what its listeners listen by cannot
   * change any more, and whoever answers for names may be slow or away.
   */
  public static ConfigDraft readAgain(Path file, GatewayConfig running) {
    return read(new ConfigFile(file, System.getenv()::get, running.listeners()::addressOf));
  }

  private static ConfigDraft read(ConfigFile source) {
    return new ConfigDraft(read(source.root(), source), source.problems());
  }

  private static GatewayConfig read(Section root, ConfigFile source) {
    ListenersConfig listeners = ListenersConfig.read(root.section("listeners"));
    Engine engine = root.optional("engine", Engine::parse).orElse(Engine.EVENT_LOOPS);
    ClientLimits clientLimits =
        ClientLimits.read(root.section("clientLimits"), ClientLimits.DEFAULT);
    List<AddressRange> proxies = root.list("trustedProxies", AddressRange::parse);
    if (listeners.haveProxyProtocol()) {
      root.refuseEmpty(
          "trustedProxies",
          "Name the proxies whose PROXY protocol is believed, or leave this out to believe"
              + " anybody.");
    }
    int maxCalls = root.number("maxCalls", 1, callsThatFitInMemory());
    WebSocketLimits webSockets = WebSocketLimits.read(root.section("webSocketLimits"), maxCalls);
    UpstreamLimits limits =
        UpstreamLimits.read(
            root.section("upstreamLimits"), UpstreamLimits.defaults(webSockets.perUpstream()));
    Map<String, EnvironmentConfig> environments =
        EnvironmentConfig.readAll(root.section("environments"), limits);
    ManifestsConfig manifests = ManifestsConfig.read(root.section("manifests"));
    SessionConfig session = SessionConfig.read(root.section("session"));
    Map<String, ClientConfig> clients =
        ClientConfig.readAll(root.sections("clients"), environments.keySet(), session);
    AuthLimits authLimits = AuthLimits.read(root.section("authLimits"));
    TokensConfig tokens = TokensConfig.read(root.section("tokens"));
    AdminConfig admin = AdminConfig.read(root.section("admin"));
    DrainConfig drain = DrainConfig.read(root.section("drain"));
    GridSettings grid = GridConfig.read(root.section("grid"));
    if (!(grid instanceof GridSettings.Embedded) && tokens.keys().isEmpty()) {
      root.problem(
          "tokens.keys",
          "gateways that share sessions need the same keys: \"key new\" prints one.");
    }
    Optional<AccessLogConfig> accessLog = AccessLogConfig.read(root);
    Optional<TracingConfig> tracing = TracingConfig.read(root);
    Section metricsSection = root.section("metrics");
    boolean metrics = metricsSection.flag("enabled", true);
    metricsSection.refuseOthers();
    RecentRequestsConfig recentRequests = RecentRequestsConfig.read(root.section("recentRequests"));
    Path data = root.optional("dataDirectory", root::path).orElseGet(() -> root.path("kinto-data"));
    root.refuseOthers();
    Warnings warnings = new Warnings(source.places());
    warnings.ofListeners(listeners, proxies);
    if (admin.isOn()) {
      warnings.ofAdmin(listeners.admin());
    }
    warnings.ofGrid(grid);
    warnings.ofClients(clients);
    source.secretFiles().forEach(warnings::ofSecretFile);
    return new GatewayConfig(
        listeners,
        engine,
        clientLimits,
        proxies,
        maxCalls,
        webSockets,
        environments,
        manifests,
        clients,
        session,
        authLimits,
        tokens,
        admin,
        drain,
        grid,
        accessLog,
        tracing,
        metrics,
        recentRequests,
        data,
        source.digest(),
        source.secretFiles(),
        warnings.all(),
        source.places());
  }

  /** All microservices of all environments, in the order of the file. */
  public Map<ServiceId, ServiceConfig> services() {
    Map<ServiceId, ServiceConfig> services = new LinkedHashMap<>();
    environments.forEach(
        (environment, each) ->
            each.services()
                .forEach(
                    (name, service) -> services.put(new ServiceId(environment, name), service)));
    return services;
  }

  /** Whether the gateway takes the word of a proxy at this address. */
  public boolean isTrustedProxy(InetAddress address) {
    return trustedProxies.stream().anyMatch(range -> range.contains(address));
  }

  /** A call takes up to about 100 KiB, and half of the memory is for sessions and the rest. */
  private static int callsThatFitInMemory() {
    long half = Runtime.getRuntime().maxMemory() / 2;
    return Math.clamp(half / BYTES_OF_A_CALL, 1, Integer.MAX_VALUE);
  }

  /** A copy in the order of the file, in which problems are listed too. */
  static <V> Map<String, V> inOrder(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
