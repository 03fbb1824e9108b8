package dev.kinto.gateway.wire;

import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.time.Duration;
import java.util.Map;

/**
 * Helidon's web server with one listener for each name, whose requests go to our handlers.
 *
 * <p>{@link #close} drains: no new connection is taken, running requests end, then the listeners
 * go.
 */
public final class HttpServer implements AutoCloseable {
  private static final Duration DRAIN_TIME = Duration.ofSeconds(30);

  private final WebServer server;
  private final String first;

  private HttpServer(WebServer server, String first) {
    this.server = server;
    this.first = first;
  }

  /**
   * A listener.
   *
   * @param host an address or host name of this machine
   * @param port 0 for any free one
   * @param handler answers the requests
   * @param limits of a request's head
   */
  public record Listener(String host, int port, ExchangeHandler handler, WireLimits limits) {}

  /**
   * Starts listening.
   *
   * @param listeners at least one, by name
   */
  public static HttpServer start(Map<String, Listener> listeners) {
    // Our own shutdown drains in order; Helidon's would stop at the same time as the grid's.
    WebServerConfig.Builder server = WebServer.builder().shutdownHook(false);
    String first = listeners.keySet().iterator().next();
    listeners.forEach(
        (name, listener) -> {
          if (name.equals(first)) {
            // The listener that Helidon always has is ours under another name.
            configure(server, listener);
          } else {
            ListenerConfig.Builder named = ListenerConfig.builder();
            configure(named, listener);
            server.putSocket(name, named.build());
          }
        });
    return new HttpServer(server.build().start(), first);
  }

  private static void configure(ListenerConfig.BuilderBase<?, ?> builder, Listener listener) {
    builder
        .host(listener.host())
        .port(listener.port())
        // A module that happens to be on the class path must not switch a protocol on.
        .protocolsDiscoverServices(false)
        .addConnectionSelector(HttpWire.selector(listener.handler(), listener.limits()))
        .contentEncoding(new PassThroughEncoding())
        .directHandlers(HelidonRefusals.handlers())
        .errorHandling(errors -> errors.includeEntity(true))
        .shutdownGracePeriod(DRAIN_TIME);
  }

  /** The port that a listener has. */
  public int port(String name) {
    return name.equals(first) ? server.port() : server.port(name);
  }

  @Override
  public void close() {
    server.stop();
  }
}
