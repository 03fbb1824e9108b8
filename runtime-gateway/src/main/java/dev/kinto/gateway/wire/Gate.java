package dev.kinto.gateway.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the taking in of connections between two of them. Helidon's listener, when it is stopped,
 * drops a connection that it has accepted and not begun to handle: its client, who was let in,
 * would be thrown out without an answer (contract C42).
 *
 * <p>So a last connection is made, to ourselves. The listener's one thread takes connections in
 * order: when the last one comes, all before it are being handled, and there the thread stays until
 * the listener is stopped.
 */
final class Gate {
  /** A listener that has as many connections as it may have takes none in, and drops none. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile @Nullable SocketAddress last;

  /**
   * Called by the listener's thread for each connection that it accepted.
   *
   * @throws IllegalStateException when the listener is stopped; the last connection is none
   */
  void holdIfLast(SocketChannel accepted) {
    SocketAddress awaited = last;
    if (awaited == null || !awaited.equals(remote(accepted))) {
      return;
    }
    reached.countDown();
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("the listener takes no connections any more");
  }

  private static @Nullable SocketAddress remote(SocketChannel accepted) {
    try {
      return accepted.getRemoteAddress();
    } catch (IOException e) {
      return null; // It is gone already.
    }
  }

  /** Waits until the listener takes no connection in any more. */
  void shut(InetSocketAddress listener) {
    try (SocketChannel connection = SocketChannel.open()) {
      InetAddress address =
          listener.getAddress().isAnyLocalAddress()
              ? InetAddress.getLoopbackAddress()
              : listener.getAddress();
      connection.bind(new InetSocketAddress(address, 0));
      last = connection.getLocalAddress();
      connection.connect(new InetSocketAddress(address, listener.getPort()));
      boolean _ = reached.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      // It has stopped listening already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
