package dev.kinto.gateway.listen;

import dev.kinto.gateway.listen.HttpServer.Listener;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * What is spoken over a listener's connections: HTTP/1.1, and HTTP/2 with clients that choose it in
 * the TLS handshake, if the listener offers it. Both are ours from the first byte on. Without TLS,
 * and where there are event loops, those serve the connection.
 *
 * <p>Give one to a listener as its only connection selector: then Helidon asks it at once.
 *
 * @param listener whose connections they are
 * @param answers gives the answers
 * @param accepted knows the connections' timers
 * @param drain ends them
 * @param linger reads off what their clients send on behind an answer
 */
record ProtocolSelector(
    Listener listener,
    Dispatcher answers,
    AcceptedConnections accepted,
    Drain drain,
    LingeringClose linger)
    implements ServerConnectionSelector {
  private static final String HTTP_1 = "http/1.1";

  /** Its name in the handshake (RFC 9113, section 3.2). */
  private static final String HTTP_2 = "h2";

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return listener.http2() ? Set.of(HTTP_1, HTTP_2) : Set.of(HTTP_1);
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    if (listener.http2() && context.serverSocket().protocol().equals(HTTP_2)) {
      return Http2Connection.of(context, listener, answers, accepted, drain, linger);
    }
    Peer peer = Peer.of(context, listener.announcers());
    if (listener.loops().isEmpty() || listener.tls().isPresent()) {
      return http1(context, new OwnThreadSocket(context), peer);
    }
    return new EventLoopConnection(
        listener.loops().get(),
        accepted.timer(context),
        accepted,
        socket -> http1(context, socket, peer));
  }

  private Http1Connection http1(ConnectionContext context, ClientSocket socket, Peer peer) {
    return Http1Connection.of(context, socket, peer, listener, answers, accepted, drain, linger);
  }
}
