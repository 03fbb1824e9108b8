package dev.kinto.gateway;

import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.session.SessionGrid;
import dev.kinto.gateway.session.SessionRules;
import dev.kinto.gateway.session.Sessions;
import dev.kinto.gateway.session.TokenKeys;
import dev.kinto.gateway.throttle.Throttle;
import dev.kinto.gateway.upstream.UpstreamClient;
import dev.kinto.gateway.wire.HttpServer;
import dev.kinto.gateway.wire.TrustedProxies;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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
  private final Listeners listeners;
  private final SessionGrid grid;
  private final UpstreamClient upstreams;
  private final LongAnswers longAnswers;
  private final HttpServer server;

  private Gateway(
      Listeners listeners,
      SessionGrid grid,
      UpstreamClient upstreams,
      LongAnswers longAnswers,
      HttpServer server) {
    this.listeners = listeners;
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
    Listeners listeners = new Listeners(config.listeners(), config.clientLimits());
    listeners.warnings().forEach(warnings);
    HttpServer.requireFree(listeners.addresses());
    TokenKeys keys = tokenKeys(config);
    SessionGrid grid = SessionGrid.start(config.dataDirectory().resolve("grid"));
    Sessions sessions =
        new Sessions(grid, keys, clock, sessionRules(config), environments::isClientOf);
    UpstreamClient upstreams = new UpstreamClient(config.maxCalls());
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
            config.session().limits(),
            new TrustedProxies(config::isTrustedProxy));
    try {
      HttpServer server = HttpServer.start(listeners.serving(calls::api, calls::open));
      return new Gateway(listeners, grid, upstreams, longAnswers, server);
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

  /** Where applications call. */
  public URI api() {
    return listeners.api(server);
  }

  /** Where public addresses answer. */
  public URI publicApi() {
    return listeners.open(server);
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
