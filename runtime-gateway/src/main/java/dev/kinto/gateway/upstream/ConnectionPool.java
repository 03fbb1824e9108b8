package dev.kinto.gateway.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections to one upstream. The one used last is taken first, so that what is not
 * needed grows old and is dropped (contract C34).
 */
final class ConnectionPool {
  private final Origin origin;
  private final @Nullable TlsSockets tls;
  private final ConcurrentLinkedDeque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ConnectionPool(Origin origin) {
    this.origin = origin;
    this.tls = origin.secure() ? new TlsSockets(origin.tls()) : null;
  }

  /** A kept connection that is alive; null if there is none. */
  @Nullable UpstreamConnection take() {
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      if (kept.usable()) {
        return kept.reusedNow();
      }
      kept.close();
    }
    return null;
  }

  /** A new connection. */
  UpstreamConnection open(Duration limit) throws ConnectFailedException, IOException {
    URI address = origin.address();
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Socket socket = channel.socket();
      socket.connect(
          new InetSocketAddress(address.getHost(), origin.port()),
          Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
      if (tls == null) {
        return new UpstreamConnection(address, channel, null, () -> false, this);
      }
      Transport transport = new Transport(socket);
      SSLSocket secured = tls.over(transport, address.getHost(), origin.port(), limit);
      return new UpstreamConnection(address, channel, secured, transport::wasCutOff, this);
    } catch (IOException | UnresolvedAddressException e) {
      channel.close();
      throw new ConnectFailedException(
          address, e instanceof IOException io ? io : new IOException("unknown host", e));
    }
  }

  /** Keeps a connection whose last answer was read to its end. */
  void keep(UpstreamConnection connection) {
    if (closed) {
      connection.close();
      return;
    }
    idle.addFirst(connection);
    if (closed) {
      close();
    }
  }

  /** Drops those that the upstream is about to drop. */
  void sweep() {
    for (UpstreamConnection kept : idle) {
      if (kept.expired() && idle.remove(kept)) {
        kept.close();
      }
    }
  }

  void close() {
    closed = true;
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      kept.close();
    }
  }
}
