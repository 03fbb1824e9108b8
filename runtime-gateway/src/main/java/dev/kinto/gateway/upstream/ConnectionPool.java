package dev.kinto.gateway.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections to one upstream. The one used last is taken first, so that what is not
 * needed grows old and is dropped (contract C34).
 */
final class ConnectionPool {
  private static final int HTTP_PORT = 80;

  private final URI upstream;
  private final ConcurrentLinkedDeque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ConnectionPool(URI upstream) {
    this.upstream = upstream;
  }

  /** A kept connection that is alive; null if there is none. */
  @Nullable UpstreamConnection take() {
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      if (kept.usable()) {
        return kept.reusedNow();
      }
      kept.abort();
    }
    return null;
  }

  /** A new connection. */
  UpstreamConnection open(Duration limit) throws ConnectFailedException, IOException {
    int port = upstream.getPort() < 0 ? HTTP_PORT : upstream.getPort();
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel
          .socket()
          .connect(new InetSocketAddress(upstream.getHost(), port), (int) limit.toMillis());
    } catch (IOException | UnresolvedAddressException e) {
      channel.close();
      throw new ConnectFailedException(
          upstream, e instanceof IOException io ? io : new IOException("unknown host", e));
    }
    return new UpstreamConnection(upstream, channel, this);
  }

  /** Keeps a connection whose last answer was read to its end. */
  void keep(UpstreamConnection connection) {
    if (closed) {
      connection.abort();
      return;
    }
    idle.addFirst(connection);
    UpstreamConnection oldest = idle.peekLast();
    if (oldest != null && oldest.expired() && idle.remove(oldest)) {
      oldest.abort();
    }
  }

  void close() {
    closed = true;
    for (UpstreamConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      kept.abort();
    }
  }
}
