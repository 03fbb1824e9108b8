package dev.kinto.gateway.listen;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.schedule.PeriodicTask;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a listener, each with its timer, from the moment at which they are
 * accepted.
 *
 * <p>Helidon hides a connection's channel from us, and waits for ever on a silent one: in a TLS
 * handshake, while it finds out the protocol, between two requests. The only place where it shows
 * the channel is where it has it configured; so these are the socket options of the listener, and a
 * connection is found again by its two addresses.
 */
final class AcceptedConnections implements SocketOptions, AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final SocketOptions HELIDON = SocketOptions.create();

  private final ClientLimits limits;
  private final boolean tls;
  private final Map<Addresses, ConnectionTimer> timers = new ConcurrentHashMap<>();
  private final PeriodicTask looks;

  /** The thread that accepts, once it has; null again when nobody has to wait for it. */
  private volatile @Nullable Thread acceptor;

  AcceptedConnections(ClientLimits limits, boolean tls) {
    this.limits = limits;
    this.tls = tls;
    this.looks =
        PeriodicTask.every(
            LOOK, "kinto-wire-clock", () -> timers.values().removeIf(timer -> !timer.look()));
  }

  private record Addresses(SocketAddress remote, SocketAddress local) {}

  /** Called for each new connection, before anything is read from it. */
  @Override
  public void configureSocket(SocketChannel channel) {
    acceptor = Thread.currentThread();
    HELIDON.configureSocket(channel);
    try {
      ConnectionTimer timer = ConnectionTimer.of(channel, tls);
      // Until its first request the connection is idle, whatever it does: shake hands, say nothing.
      timer.readsBy(ConnectionTimer.in(limits.idle().toNanos()));
      timers.put(new Addresses(channel.getRemoteAddress(), channel.getLocalAddress()), timer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the connection that was accepted last is being handled. Helidon, when it stops a
   * listener, first closes the socket that it accepts from, then tells all connections, and then
   * takes no new one to handle: who was accepted at that moment would be let in and thrown out
   * (contract C42). So the connections, when they are told, wait here until the thread that accepts
   * has ended, as it does without its socket.
   */
  void awaitLastAccepted() {
    Thread last = acceptor;
    acceptor = null;
    if (last != null) {
      try {
        // Not for ever: where no more connections may come it waits for one to end.
        boolean _ = last.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The timer of a connection; it may have ended already. */
  ConnectionTimer timer(ConnectionContext connection) {
    return timers.getOrDefault(
        new Addresses(connection.remotePeer().address(), connection.localPeer().address()),
        ConnectionTimer.ofNone());
  }

  @Override
  public void close() {
    looks.close();
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return HELIDON.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return HELIDON.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return HELIDON.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return HELIDON.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return HELIDON.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return HELIDON.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return HELIDON.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return HELIDON.tcpNoDelay();
  }
}
