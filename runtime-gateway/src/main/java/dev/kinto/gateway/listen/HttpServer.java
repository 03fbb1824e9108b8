package dev.kinto.gateway.listen;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.observe.Observers;
import dev.kinto.gateway.schedule.PeriodicTask;
import dev.kinto.gateway.socket.EventLoops;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Listeners by name, whose requests go to our handlers.
 *
 * <p>Each is a Helidon web server of its own, because one server stops its listeners one after the
 * other: the last one would go on taking requests while the first one drains. {@link #close} drains
 * all at once: no new connection is taken, idle ones end, running requests end, then the listeners
 * go.
 */
public final class HttpServer implements AutoCloseable {
  private static final Duration FOR_EVER = Duration.ofDays(100 * 365);

  private static final Duration LOOK = Duration.ofMillis(50);

  /** For the answers to requests that are given up when the time to drain is over. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Map<String, WebServer> servers = new LinkedHashMap<>();
  private final List<AcceptedConnections> connections = new ArrayList<>();
  private final LingeringClose linger = new LingeringClose();
  private final Drain drain = new Drain();
  private final Duration drainTime;
  private final Runnable lastCall;

  private HttpServer(Duration drainTime, Runnable lastCall) {
    this.drainTime = drainTime;
    this.lastCall = lastCall;
  }

  /**
   * A listener.
   *
   * @param host an address or host name of this machine
   * @param port 0 for any free one
   * @param tls for HTTPS; empty for HTTP
   * @param http10 whether requests of HTTP/1.0 are answered too
   * @param http2 whether clients may choose HTTP/2 in the TLS handshake
   * @param announcers from whom every connection begins with the PROXY protocol; those of others
   *     are closed; empty: nobody speaks it
   * @param loops serve the connections that are not encrypted; empty: each has a thread of its own
   * @param handler answers the requests
   * @param observers are told of each request when it has ended
   * @param limits of what a client may send and how slowly
   */
  public record Listener(
      String host,
      int port,
      Optional<SSLContext> tls,
      boolean http10,
      boolean http2,
      Optional<Predicate<InetAddress>> announcers,
      Optional<EventLoops> loops,
      ExchangeHandler handler,
      Observers observers,
      ClientLimits limits) {}

  /**
   * Starts listening.
   *
   * @param listeners by name
   * @param drainTime how long running requests may take to end when the server is closed
   * @param lastCall is run, perhaps several times, when that time is over: what still runs may be
   *     given an answer then, before it is cut off
   * @throws IOException if one cannot listen, which names it; none does then
   */
  public static HttpServer start(
      Map<String, Listener> listeners, Duration drainTime, Runnable lastCall) throws IOException {
    HttpServer server = new HttpServer(drainTime, lastCall);
    for (Map.Entry<String, Listener> entry : listeners.entrySet()) {
      AcceptedConnections accepted =
          new AcceptedConnections(entry.getValue().limits(), entry.getValue().tls().isPresent());
      server.connections.add(accepted);
      WebServer started = server.server(entry.getKey(), entry.getValue(), accepted).start();
      server.servers.put(entry.getKey(), started);
      if (!started.isRunning()) {
        // Helidon only logs that a port is taken, and goes on without the listener.
        server.close();
        throw new IOException(
            "The listener \"%s\" lost its port to another process at this very moment."
                .formatted(entry.getKey()));
      }
    }
    return server;
  }

  /**
   * Takes all addresses for a moment. Helidon would tell of one that it cannot have in a stack
   * trace only, and not which. Call it before anything is started that would have to stop again.
   *
   * @param addresses by listener
   * @throws IOException if one cannot be had, which names it
   */
  public static void requireFree(Map<String, InetSocketAddress> addresses) throws IOException {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      for (Map.Entry<String, InetSocketAddress> entry : addresses.entrySet()) {
        InetSocketAddress address = entry.getValue();
        ServerSocket socket = new ServerSocket();
        taken.add(socket);
        try {
          socket.bind(address);
        } catch (IOException e) {
          throw new IOException(
              "The listener \"%s\" cannot have %s:%d: %s"
                  .formatted(
                      entry.getKey(), address.getHostString(), address.getPort(), e.getMessage()),
              e);
        }
      }
    } finally {
      for (ServerSocket socket : taken) {
        socket.close();
      }
    }
  }

  private WebServer server(String name, Listener listener, AcceptedConnections accepted) {
    WebServerConfig.Builder builder = WebServer.builder();
    listener.tls().ifPresent(context -> builder.tls(Tls.builder().sslContext(context).build()));
    return builder
        .host(listener.host())
        .port(listener.port())
        // Our own shutdown drains in order; Helidon's would stop at the same time as the grid's.
        .shutdownHook(false)
        // A module that happens to be on the class path must not switch a protocol on.
        .protocolsDiscoverServices(false)
        // Helidon's TLS on channels asks the DNS for the name of every client, and makes the
        // handshake only after it has chosen the protocol.
        .useNio(listener.tls().isEmpty())
        .enableProxyProtocol(listener.announcers().isPresent())
        .addConnectionSelector(
            new ProtocolSelector(
                listener,
                new Dispatcher(name, listener.handler(), listener.observers()),
                accepted,
                drain,
                linger))
        .shutdownGracePeriod(drainTime.plus(LAST_WORDS))
        .connectionOptions(accepted)
        .maxTcpConnections(listener.limits().maxConnections().orElse(-1))
        // The connections' timers end idle ones; Helidon's would count a long answer as idle too.
        .idleConnectionTimeout(FOR_EVER)
        .build();
  }

  /** The port that a listener has. */
  public int port(String name) {
    return Objects.requireNonNull(servers.get(name), name).port();
  }

  /** Goes on serving, but each answer ends its connection, so that clients go elsewhere. */
  public void beginDrain() {
    drain.begin();
  }

  /**
   * Drains and stops: no new connection is taken, running requests end, also those that are just
   * arriving, then the listeners go.
   *
   * <p>The listeners' sockets go first, and only then do answers end their connections: clients
   * that are told so connect anew at once, and who does that while a socket goes is reset, not
   * refused.
   */
  @Override
  public void close() {
    long closedAtNanos = System.nanoTime();
    try (PeriodicTask _ =
            PeriodicTask.every(LOOK, "kinto-drain", () -> endConnections(closedAtNanos));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      servers.values().forEach(server -> threads.execute(server::stop));
    }
    connections.forEach(AcceptedConnections::close);
  }

  private void endConnections(long closedAtNanos) {
    drain.begin();
    drain.endIdle();
    if (System.nanoTime() - closedAtNanos >= drainTime.toNanos()) {
      lastCall.run();
    }
  }
}
