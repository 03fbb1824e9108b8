package dev.kinto.gateway;

import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.config.ListenerConfig;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.session.SessionGrid;
import dev.kinto.gateway.session.SessionRules;
import dev.kinto.gateway.session.Sessions;
import dev.kinto.gateway.session.TokenKeys;
import dev.kinto.gateway.throttle.Throttle;
import dev.kinto.gateway.upstream.UpstreamClient;
import dev.kinto.gateway.wire.ExchangeHandler;
import dev.kinto.gateway.wire.HttpServer;
import dev.kinto.gateway.wire.HttpServer.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A running gateway. Here its parts are wired, and nowhere else.
 *
 * <pre>{@code
 * GatewayConfig config = GatewayConfig.read(Path.of("gateway.yaml"));
 * try (Gateway gateway = Gateway.start(config, System.err::println)) {
 *   System.out.println("api listening on " + gateway.api());
 * }
 * }</pre>
 */
public final class Gateway implements AutoCloseable {
  private static final String API = "api";
  private static final String PUBLIC = "public";

  private final GatewayConfig config;
  private final SessionGrid grid;
  private final UpstreamClient upstreams;
  private final LongAnswers longAnswers;
  private final HttpServer server;

  private Gateway(
      GatewayConfig config,
      SessionGrid grid,
      UpstreamClient upstreams,
      LongAnswers longAnswers,
      HttpServer server) {
    this.config = config;
    this.grid = grid;
    this.upstreams = upstreams;
    this.longAnswers = longAnswers;
    this.server = server;
  }

  /**
   * Starts a gateway; it listens when this returns.
   *
   * @param warnings takes what an operator should know but need not mend
   * @throws InvalidConfigException if the manifests and the configuration do not fit; nothing was
   *     started
   * @throws IOException if the data directory cannot be used, or a listener's address
   */
  public static Gateway start(GatewayConfig config, Consumer<String> warnings)
      throws InvalidConfigException, IOException {
    return start(config, warnings, InstantSource.system());
  }

  /** Starts a gateway with a clock of its own. */
  static Gateway start(GatewayConfig config, Consumer<String> warnings, InstantSource clock)
      throws InvalidConfigException, IOException {
    Environments environments = Environments.build(config, warnings);
    HttpServer.requireFree(
        Map.of(API, socketAddress(config.api()), PUBLIC, socketAddress(config.publicListener())));
    TokenKeys keys = tokenKeys(config);
    SessionGrid grid = SessionGrid.start(config.dataDirectory().resolve("grid"));
    Sessions sessions =
        new Sessions(grid, keys, clock, sessionRules(config), environments::isClientOf);
    UpstreamClient upstreams = new UpstreamClient();
    Cors cors = new Cors(environments);
    Throttle throttle = new Throttle(clock);
    Tokens tokens = new Tokens(environments, sessions, cors, throttle, config.authLimits(), clock);
    LongAnswers longAnswers = new LongAnswers(sessions);
    Calls calls =
        new Calls(
            environments,
            sessions,
            cors,
            tokens,
            upstreams,
            longAnswers,
            throttle,
            config.session().limits());
    Map<String, Listener> listeners = new LinkedHashMap<>();
    listeners.put(API, listener(config, config.api(), calls::api));
    listeners.put(PUBLIC, listener(config, config.publicListener(), calls::open));
    try {
      return new Gateway(config, grid, upstreams, longAnswers, HttpServer.start(listeners));
    } catch (IOException | RuntimeException e) {
      longAnswers.close();
      grid.close();
      throw e;
    }
  }

  private static TokenKeys tokenKeys(GatewayConfig config) throws IOException {
    if (config.tokens().keys().isEmpty()) {
      return TokenKeys.keptIn(config.dataDirectory());
    }
    LinkedHashMap<String, String> secrets = new LinkedHashMap<>();
    config.tokens().keys().forEach(key -> secrets.put(key.id(), key.secret()));
    return TokenKeys.of(secrets);
  }

  private static SessionRules sessionRules(GatewayConfig config) {
    return new SessionRules(
        config.tokens().grace(), config.session().limits(), config.session().maxUnused());
  }

  private static InetSocketAddress socketAddress(ListenerConfig config) {
    return new InetSocketAddress(config.host(), config.port());
  }

  private static Listener listener(
      GatewayConfig config, ListenerConfig listener, ExchangeHandler handler) {
    return new Listener(listener.host(), listener.port(), handler, config.clientLimits());
  }

  /** Where applications call. */
  public URI api() {
    return address(config.api(), API);
  }

  /** Where public addresses answer. */
  public URI publicApi() {
    return address(config.publicListener(), PUBLIC);
  }

  private URI address(ListenerConfig listener, String name) {
    String host = listener.host().indexOf(':') < 0 ? listener.host() : "[" + listener.host() + "]";
    return URI.create("http://" + host + ":" + server.port(name));
  }

  /** Drains and stops: first the listeners, then what their requests need (contract C42). */
  @Override
  public void close() {
    longAnswers.close();
    server.close();
    upstreams.close();
    grid.close();
  }
}
