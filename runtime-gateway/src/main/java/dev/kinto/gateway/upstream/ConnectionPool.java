package dev.kinto.gateway.upstream;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections to one address. The one used last is taken first, so that what is not needed
 * grows old and is dropped (contract C34).
 */
final class ConnectionPool {
  private final Endpoint endpoint;
  private final @Nullable TlsSockets tls;
  private final ConcurrentLinkedDeque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /**
   * An empty pool.
   *
   * @param tls for https
   */
  ConnectionPool(Endpoint endpoint, @Nullable TlsSockets tls) {
    this.endpoint = endpoint;
    this.tls = tls;
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
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Socket socket = channel.socket();
      socket.connect(endpoint.socketAddress(), Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
      if (tls == null) {
        return new UpstreamConnection(endpoint, channel, null, () -> false, this);
      }
      Transport transport = new Transport(socket);
      SSLSocket secured = tls.over(transport, endpoint.origin(), limit);
      return new UpstreamConnection(endpoint, channel, secured, transport::wasCutOff, this);
    } catch (IOException | UnsupportedAddressTypeException e) {
      channel.close();
      throw new ConnectFailedException(
          endpoint,
          e instanceof IOException io ? io : new IOException("no such family of addresses", e));
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
