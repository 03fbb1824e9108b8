package dev.kinto.gateway.wire;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.tls.ServerTls;
import dev.kinto.gateway.wire.HttpServer.Listener;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A connection as Helidon gives it, but for the router and what is read. */
record WireContext(
    ConnectionContext helidon,
    Router router,
    String peer,
    Optional<String> serverName,
    WatchedInput input,
    RequestScreen screen,
    DataReader dataReader,
    DataWriter dataWriter)
    implements ConnectionContext {

  /** A connection whose bytes go through a screen before Helidon reads them. */
  static WireContext of(
      ConnectionContext helidon,
      Router router,
      Answers answers,
      Listener listener,
      ConnectionTimer timer) {
    ClientLimits limits = listener.limits();
    String peer = Peer.of(helidon, listener.announcers());
    Optional<String> serverName = helidon.isSecure() ? ServerTls.announcedName() : Optional.empty();
    WatchedInput input = new WatchedInput(Peer.behindAnnouncement(helidon));
    DataWriter writer = new TimedWriter(helidon.dataWriter(), timer, limits.write().toNanos());
    RequestScreen screen =
        new RequestScreen(
            new ConnectionInput(() -> read(input), timer, limits),
            answers,
            writer,
            limits.maxBodySize());
    return new WireContext(
        helidon, router, peer, serverName, input, screen, DataReader.create(screen), writer);
  }

  /** Helidon ends a connection silently when this exception says that its socket failed. */
  private static byte @Nullable [] read(WatchedInput input) {
    try {
      return input.get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("The connection broke", e);
    }
  }

  @Override
  public ListenerContext listenerContext() {
    return helidon.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return helidon.executor();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return helidon.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return helidon.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return helidon.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return helidon.localPeer();
  }

  @Override
  public boolean isSecure() {
    return helidon.isSecure();
  }

  @Override
  public String socketId() {
    return helidon.socketId();
  }

  @Override
  public String childSocketId() {
    return helidon.childSocketId();
  }
}
