package dev.kinto.gateway.wire;

import dev.kinto.gateway.wire.HttpServer.Listener;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * HTTP/1.1 for a Helidon listener, with our routing in place of Helidon's.
 *
 * <p>Give {@link #selector} to a listener as its only connection selector.
 */
final class HttpWire {
  private HttpWire() {}

  /** Helidon's HTTP/1.1 whose requests go to the listener's handler, whose connections drain. */
  static ServerConnectionSelector selector(
      Listener listener, AcceptedConnections accepted, Drain drain) {
    Http1Config config =
        Http1Config.builder()
            // Heads are checked before Helidon reads them, and what it reads was written by us.
            .validatePrologue(false)
            .validatePath(false)
            .validateRequestHeaders(false)
            .build();
    WireRouter router = new WireRouter(new WireRouting(listener.handler(), drain));
    return new Selector(
        Http1ConnectionSelector.builder().config(config).build(),
        router,
        listener,
        accepted,
        drain);
  }

  /** Delegates to Helidon's selector, with a context that routes to us. */
  private record Selector(
      Http1ConnectionSelector http1,
      WireRouter router,
      Listener listener,
      AcceptedConnections accepted,
      Drain drain)
      implements ServerConnectionSelector {

    @Override
    public int bytesToIdentifyConnection() {
      return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
      return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
      return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
      WireContext wire = WireContext.of(context, router, listener, accepted.timer(context));
      return new DrainedConnection(http1.connection(wire), wire.screen(), drain);
    }
  }
}
