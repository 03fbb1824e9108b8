package dev.kinto.gateway;

import dev.kinto.gateway.admin.AdminAddress;
import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.config.DataNodeConfig;
import dev.kinto.gateway.config.ListenerConfig;
import dev.kinto.gateway.grid.Grid;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.Member;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.listen.HttpServer;
import dev.kinto.gateway.listen.HttpServer.Listener;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.observe.Observers;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionGrid;
import dev.kinto.gateway.tls.ServerTls;
import dev.kinto.gateway.tls.ServerTls.Site;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node that keeps sessions for gateways that hold none (contract C37). */
final class DataNode implements AutoCloseable {
  private static final String ADMIN = "admin";
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** Who asks a gateway is told of all sessions, wherever they lie. */
  private static final ExchangeHandler NO_API =
      new ExchangeHandler() {
        @Override
        public void handle(
            ClientRequest request, ClientResponse response, Observation observation) {
          throw new Refusal(
              ProblemCode.ADMIN_DISABLED,
              "A data node tells of its health only. Ask a gateway for the rest.");
        }
      };

  private final NodeAddress address;
  private final Grid grid;
  private final Optional<ListenerConfig> listener;
  private final Optional<HttpServer> server;

  private DataNode(
      NodeAddress address,
      Grid grid,
      Optional<ListenerConfig> listener,
      Optional<HttpServer> server) {
    this.address = address;
    this.grid = grid;
    this.listener = listener;
    this.server = server;
  }

  /**
   * Starts a node; it takes clients when this returns, and serves them when it belongs to a
   * majority.
   *
   * @throws IOException if the listener's address cannot be had
   */
  static DataNode start(DataNodeConfig config) throws IOException {
    Optional<ListenerConfig> listener = config.health();
    if (listener.isPresent()) {
      ListenerConfig admin = listener.get();
      HttpServer.requireFree(Map.of(ADMIN, new InetSocketAddress(admin.address(), admin.port())));
    }
    Grid grid =
        SessionGrid.dataNode(config.grid(), config.dataDirectory().resolve("grid"), config.index());
    try {
      Optional<HttpServer> server =
          listener.isEmpty()
              ? Optional.empty()
              : Optional.of(server(listener.get(), new Readiness(grid::isAvailable, grid::memory)));
      return new DataNode(config.grid().address(), grid, listener, server);
    } catch (IOException | RuntimeException e) {
      grid.close();
      throw e;
    }
  }

  private static HttpServer server(ListenerConfig listener, Readiness readiness)
      throws IOException {
    Set<String> names = new HashSet<>(listener.hosts());
    names.add(listener.host().toLowerCase(Locale.ROOT));
    return HttpServer.start(
        Map.of(
            ADMIN,
            new Listener(
                listener.host(),
                listener.port(),
                listener
                    .tls()
                    .map(
                        tls ->
                            ServerTls.context(
                                List.of(new Site(tls.files(), listener.hosts())),
                                tls.minVersion())),
                true,
                listener.http2(),
                listener.proxyProtocol() ? Optional.of(_ -> true) : Optional.empty(),
                Optional.empty(),
                new AdminAddress(names, readiness::health, () -> NO_API, Optional::empty),
                Observers.NONE,
                ClientLimits.DEFAULT)),
        DRAIN,
        () -> {});
  }

  /** Where gateways reach it. */
  Member address() {
    return new Member(address.host(), address.clientPort().orElseThrow());
  }

  /** Where its health is told. */
  Optional<URI> health() {
    return server.flatMap(
        running -> listener.map(each -> Listeners.uri(each, running.port(ADMIN))));
  }

  /** Leaves the grid, after the others have what only this node had. */
  @Override
  public void close() {
    server.ifPresent(HttpServer::close);
    grid.close();
  }
}
