package dev.kinto.gateway;

import dev.kinto.gateway.config.Engine;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.listen.HttpServer;
import dev.kinto.gateway.observe.Observers;
import dev.kinto.gateway.socket.EventLoops;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The listeners of a running gateway, and the event loops that serve their connections. */
final class GatewayServer implements AutoCloseable {
  private final Listeners listeners;
  private final HttpServer server;
  private final Optional<EventLoops> loops;

  private GatewayServer(Listeners listeners, HttpServer server, Optional<EventLoops> loops) {
    this.listeners = listeners;
    this.server = server;
    this.loops = loops;
  }

  /** What answers on each listener. */
  record Handlers(ExchangeHandler api, ExchangeHandler open, ExchangeHandler admin) {}

  /**
   * Starts listening.
   *
   * @param observers are told of applications' requests
   * @param lastCall see {@link HttpServer#start}
   * @throws IOException if an address cannot be had; nothing listens then
   */
  static GatewayServer start(
      GatewayConfig config, Handlers handlers, Observers observers, Runnable lastCall)
      throws IOException {
    Listeners listeners = new Listeners(config);
    Optional<EventLoops> loops =
        config.engine() == Engine.EVENT_LOOPS ? EventLoops.start() : Optional.empty();
    try {
      HttpServer server =
          HttpServer.start(
              listeners.serving(handlers, observers, loops), config.drain().timeout(), lastCall);
      return new GatewayServer(listeners, server, loops);
    } catch (IOException | RuntimeException e) {
      loops.ifPresent(EventLoops::close);
      throw e;
    }
  }

  /** Where applications call. */
  URI api() {
    return listeners.api(server);
  }

  /** Where public addresses answer. */
  URI publicApi() {
    return listeners.open(server);
  }

  /** Where operators ask. */
  URI admin() {
    return listeners.admin(server);
  }

  /** From now on each answer ends its connection. */
  void beginDrain() {
    server.beginDrain();
  }

  /** Ends when the running requests have ended, or their time is over. */
  @Override
  public void close() {
    server.close();
    loops.ifPresent(EventLoops::close);
  }
}
