package dev.kinto.gateway.upstream;

import dev.kinto.gateway.socket.BlockingSocket;
import dev.kinto.gateway.socket.EventLoop;
import dev.kinto.gateway.socket.LoopSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections to one address.
 *
 * <p>An event loop has its own: only its threads can use them. All other threads share theirs.
 */
final class ConnectionPool {
  private final Endpoint endpoint;
  private final @Nullable TlsSockets tls;
  private final IdleConnections shared = new IdleConnections();
  private final Map<EventLoop, IdleConnections> ofLoops = new ConcurrentHashMap<>();
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
    return idle().take();
  }

  /** Those that the calling thread can use. */
  private IdleConnections idle() {
    EventLoop loop = tls == null ? EventLoop.current() : null;
    return loop == null ? shared : ofLoops.computeIfAbsent(loop, _ -> new IdleConnections());
  }

  /**
   * Drops idle ones, of whomever, until there are no more: the upstream may have no thread for a
   * new one as long as those of other loops are open.
   */
  void keepAtMost(int most) {
    List<IdleConnections> all = new ArrayList<>(ofLoops.values());
    all.add(shared);
    int left = all.stream().mapToInt(IdleConnections::count).sum();
    for (IdleConnections each : all) {
      for (int count = each.count(); count > 0 && left > most; count--, left--) {
        each.dropOldest();
      }
    }
  }

  /** A new connection. */
  UpstreamConnection open(Duration limit) throws ConnectFailedException, IOException {
    return tls == null ? openHere(limit) : openAside(limit);
  }

  /** A handshake takes a processor for longer than a request does. */
  private UpstreamConnection openAside(Duration limit) throws ConnectFailedException, IOException {
    try {
      return EventLoop.aside(
          () -> {
            try {
              return openHere(limit);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private UpstreamConnection openHere(Duration limit) throws ConnectFailedException, IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Socket socket = channel.socket();
      socket.connect(endpoint.socketAddress(), Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
      return tls == null ? plain(channel) : secured(channel, tls, limit);
    } catch (IOException | UnsupportedAddressTypeException e) {
      channel.close();
      throw new ConnectFailedException(
          endpoint,
          e instanceof IOException io ? io : new IOException("no such family of addresses", e));
    }
  }

  private UpstreamConnection plain(SocketChannel channel) throws IOException {
    EventLoop loop = EventLoop.current();
    return loop == null
        ? new UpstreamConnection(endpoint, new BlockingSocket(channel), () -> false, this)
        : ofLoop(loop.socket(channel));
  }

  /** One that is dropped as soon as its upstream ends it, or speaks without being asked. */
  private UpstreamConnection ofLoop(LoopSocket socket) {
    UpstreamConnection connection = new UpstreamConnection(endpoint, socket, () -> false, this);
    IdleConnections own = idle();
    socket.whenUnexpected(() -> own.drop(connection));
    return connection;
  }

  private UpstreamConnection secured(SocketChannel channel, TlsSockets over, Duration limit)
      throws IOException {
    Transport transport = new Transport(channel.socket());
    Socket secured = over.over(transport, endpoint.origin(), limit);
    return new UpstreamConnection(
        endpoint, new BlockingSocket(channel, secured), transport::wasCutOff, this);
  }

  /** Keeps a connection whose last answer was read to its end. */
  void keep(UpstreamConnection connection) {
    if (closed) {
      connection.close();
      return;
    }
    idle().add(connection);
    if (closed) {
      close();
    }
  }

  /** Drops those that the upstream is about to drop. */
  void sweep() {
    shared.sweep();
    ofLoops.values().forEach(IdleConnections::sweep);
  }

  void close() {
    closed = true;
    shared.close();
    ofLoops.values().forEach(IdleConnections::close);
  }
}
