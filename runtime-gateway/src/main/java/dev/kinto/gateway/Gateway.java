package dev.kinto.gateway;

import dev.kinto.gateway.GatewayServer.Handlers;
import dev.kinto.gateway.State.Lasting;
import dev.kinto.gateway.admin.AdminAddress;
import dev.kinto.gateway.admin.ConsoleSessions;
import dev.kinto.gateway.admin.Reloads;
import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.DrainConfig;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.InvalidConfigException;
import dev.kinto.gateway.forward.RemovedHeaders;
import dev.kinto.gateway.forward.UndeclaredWrites;
import dev.kinto.gateway.listen.HttpServer;
import dev.kinto.gateway.manifests.ManifestPoller;
import dev.kinto.gateway.observe.RecentRequests;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.session.SessionGrid;
import dev.kinto.gateway.session.TokenKeys;
import dev.kinto.gateway.throttle.Throttle;
import dev.kinto.gateway.upstream.UpstreamClient;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A running gateway. Here its parts are wired, and nowhere else.
 *
 * <pre>{@code
 * ConfigDraft config = GatewayConfig.read(Path.of("gateway.yaml"));
 * try (Gateway gateway = Gateway.start(config, System.err::println)) {
 *   System.out.println("api listening on " + gateway.api());
 * }
 * }</pre>
 */
public final class Gateway implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

  private final Lasting lasting;
  private final GatewayServer server;
  private final States states;
  private final TokenKeySource keys;
  private final ManifestPoller pulls;
  private final Readiness readiness;
  private boolean workLeft;

  /** What the last reload was refused for; empty if it was not. */
  private List<String> problems = List.of();

  private Gateway(
      Lasting lasting,
      GatewayServer server,
      States states,
      TokenKeySource keys,
      Readiness readiness) {
    this.readiness = readiness;
    this.lasting = lasting;
    this.server = server;
    this.states = states;
    this.keys = keys;
    this.pulls = new ManifestPoller(states);
  }

  /**
   * Starts a gateway; it listens when this returns.
   *
   * @param warnings takes what an operator should know but need not mend, also at reloads
   * @throws InvalidConfigException that lists all that is wrong with the configuration and with
   *     what belongs to it; nothing was started
   * @throws IOException if the data directory cannot be used, or a listener's address
   */
  public static Gateway start(ConfigDraft config, Consumer<String> warnings)
      throws InvalidConfigException, IOException {
    return start(config, warnings, InstantSource.system(), System::nanoTime);
  }

  /**
   * Checks what a start would check before it takes anything.
   *
   * @return what an operator should know but need not mend
   * @throws InvalidConfigException that lists all that is wrong with the configuration and with
   *     what belongs to it
   */
  public static List<String> check(ConfigDraft draft) throws InvalidConfigException {
    List<String> warnings = new ArrayList<>();
    TokenKeySource keys = new TokenKeySource(draft.readable().dataDirectory());
    Loader loader = Loader.of(draft.readable(), warnings::add);
    Environments environments = checked(draft, keys, loader);
    keys.warn(environments.config(), warnings::add);
    return warnings;
  }

  private static Environments checked(ConfigDraft draft, TokenKeySource keys, Loader loader)
      throws InvalidConfigException {
    draft.readable().listeners().requireOwn(draft.problems());
    DataDirectory.check(draft);
    keys.check(draft);
    Environments environments = loader.load(draft);
    new Listeners(environments.config()).warnings().forEach(loader.warnings());
    State.warnings(environments).forEach(loader.warnings());
    return environments;
  }

  /**
   * Starts a gateway with clocks of its own.
   *
   * @param clock what sessions go by, which gateways share and people may set
   * @param nanoTime what throttles go by, as {@link System#nanoTime}
   */
  static Gateway start(
      ConfigDraft draft, Consumer<String> warnings, InstantSource clock, LongSupplier nanoTime)
      throws InvalidConfigException, IOException {
    TokenKeySource keySource = new TokenKeySource(draft.readable().dataDirectory());
    Loader loader = Loader.of(draft.readable(), warnings);
    Environments environments = checked(draft, keySource, loader);
    GatewayConfig config = environments.config();
    Listeners listeners = new Listeners(config);
    HttpServer.requireFree(listeners.addresses());
    TokenKeys keys = keySource.keys(config, warnings);
    SessionGrid grid =
        SessionGrid.start(
            config.grid(), config.dataDirectory().resolve("grid"), keys, config.admin().index());
    Lasting lasting =
        new Lasting(
            grid,
            new UpstreamClient(config.maxCalls(), config.webSocketLimits()),
            new LongResponses(),
            new UndeclaredWrites(),
            new RemovedHeaders(),
            new Throttle(nanoTime),
            new Reloads(clock),
            new ConsoleSessions(nanoTime),
            Observability.of(config, nanoTime, clock),
            clock);
    States states = new States(State.of(environments, keys, lasting), lasting, loader);
    Readiness readiness = new Readiness(grid::isAvailable, grid::memory);
    try {
      lasting.upstreams().know(environments.services());
      AdminAddress admin =
          new AdminAddress(
              listeners.adminNames(),
              readiness::health,
              () -> states.current().operators(),
              () -> metrics(states, lasting));
      GatewayServer server =
          GatewayServer.start(
              config,
              new Handlers(
                  new Entrance(Listeners.API, states, State::cors, Calls::api),
                  new Entrance(Listeners.PUBLIC, states, State::publicCors, Calls::open),
                  admin),
              lasting.observability().observers(),
              lasting.upstreams()::giveUpUnanswered);
      Gateway gateway = new Gateway(lasting, server, states, keySource, readiness);
      gateway.follow();
      return gateway;
    } catch (IOException | RuntimeException e) {
      lasting.longResponses().close();
      lasting.observability().close();
      grid.close();
      throw e;
    }
  }

  /**
   * Takes another configuration and reads the manifests again. Requests that are under way end as
   * they began; every later one sees the new state (contract C42).
   *
   * @return what is different now
   * @throws InvalidConfigException that lists every problem; the old state stays
   * @throws IOException if the data directory cannot be used; the old state stays
   */
  public synchronized Changes reload(ConfigDraft draft) throws InvalidConfigException, IOException {
    return reload(draft, true);
  }

  /** As a reload that nobody asked for: it counts as one only if it ends otherwise than before. */
  synchronized Changes retry(ConfigDraft draft) throws InvalidConfigException, IOException {
    return reload(draft, false);
  }

  private Changes reload(ConfigDraft draft, boolean asked)
      throws InvalidConfigException, IOException {
    Changes changes = tracked(draft, asked);
    follow();
    return changes;
  }

  /** What becomes of it is told to operators who ask (contract C44). */
  private Changes tracked(ConfigDraft draft, boolean asked)
      throws InvalidConfigException, IOException {
    try {
      Changes changes = states.reload(draft, keys);
      if (asked || !problems.isEmpty() || !changes.lines().isEmpty()) {
        lasting.reloads().taken(changes.lines());
        lasting.observability().reloaded(true);
      }
      problems = List.of();
      return changes;
    } catch (InvalidConfigException e) {
      refused(e.problems(), asked);
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      refused(List.of(e.toString()), asked);
      throw e;
    }
  }

  private void refused(List<String> now, boolean asked) {
    if (asked || !now.equals(problems)) {
      lasting.reloads().refused(now);
      lasting.observability().reloaded(false);
    }
    problems = now;
  }

  /** Does what a new state asks for and no request waits for. */
  private synchronized void follow() {
    workLeft = true;
    try {
      pulls.follow(config());
      states.clearAway();
      lasting.observability().follow(states.current().environments());
      workLeft = false;
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING,
          "The new state is in force, but what belonged to the one before could not be cleared"
              + " away; it is tried again",
          e);
    }
  }

  /** Whether the last reload left something to be done by the next one. */
  synchronized boolean hasWorkLeft() {
    return workLeft;
  }

  /** The configuration in force. */
  GatewayConfig config() {
    return states.current().config();
  }

  /** The files besides the configuration that the state was read from. */
  Set<Path> files() {
    return states.files();
  }

  /** Where applications call. */
  public URI api() {
    return server.api();
  }

  /** Where public addresses answer. */
  public URI publicApi() {
    return server.publicApi();
  }

  /** Where operators ask. */
  public URI admin() {
    return server.admin();
  }

  /** Whether new clients should come here; not any more once it drains (contract C42). */
  public boolean ready() {
    return readiness.ready();
  }

  private static Optional<String> metrics(States states, Lasting lasting) {
    return lasting
        .observability()
        .metrics()
        .map(
            each ->
                each.scrape(Conditions.of(states.current(), lasting.grid(), lasting.upstreams())));
  }

  /** The last requests, as operators may ask for them. */
  RecentRequests recentRequests() {
    return lasting.observability().recent();
  }

  /** How it is to stop. */
  DrainConfig drainConfig() {
    return config().drain();
  }

  /**
   * Begins to drain: serves on, but is not ready any more, and each answer ends its connection, so
   * that clients and load balancers go elsewhere. {@link #close} does the rest.
   */
  public void drain() {
    readiness.drain();
    server.beginDrain();
  }

  /** Drains and stops: first the listeners, then what their requests need (contract C42). */
  @Override
  public void close() {
    readiness.drain();
    pulls.close();
    lasting.longResponses().close();
    server.close();
    lasting.upstreams().close();
    lasting.grid().close();
    lasting.observability().close();
  }
}
