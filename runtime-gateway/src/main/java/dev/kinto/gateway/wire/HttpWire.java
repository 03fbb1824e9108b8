package dev.kinto.gateway.wire;

import dev.kinto.gateway.wire.HttpServer.Listener;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.HashSet;
import java.util.Set;

/**
 * HTTP/1.1 for a Helidon listener, with our routing in place of Helidon's, and HTTP/2 of our own
 * for clients that choose it in the TLS handshake, if the listener offers it.
 *
 * <p>Give {@link #selector} to a listener as its only connection selector.
 */
final class HttpWire {
  /** Its name in the handshake (RFC 9113, section 3.2). */
  private static final String HTTP_2 = "h2";

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
    Answers answers = new Answers(listener.handler());
    return new Selector(
        Http1ConnectionSelector.builder().config(config).build(),
        answers,
        new WireRouter(new WireRouting(answers, drain)),
        listener,
        accepted,
        drain);
  }

  /** Delegates to Helidon's selector, with a context that routes to us. */
  private record Selector(
      Http1ConnectionSelector http1,
      Answers answers,
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
      Set<String> protocols = new HashSet<>(http1.supportedApplicationProtocols());
      if (listener.http2()) {
        protocols.add(HTTP_2);
      }
      return protocols;
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
      if (listener.http2() && context.serverSocket().protocol().equals(HTTP_2)) {
        return Http2Connection.of(context, listener, answers, accepted.timer(context), drain);
      }
      WireContext wire =
          WireContext.of(context, router, answers, listener, accepted.timer(context));
      return new Http1Connection(http1.connection(wire), wire.screen(), drain);
    }
  }
}
