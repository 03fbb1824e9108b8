package dev.kinto.gateway.listen;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What writes to a connection, and gives the client a limited time to take each piece. A piece is
 * written whole or not at all, which would wait for ever on a client that does not read. It belongs
 * to the first thread that writes: what two write at once gets mixed up.
 */
final class TimedWriter {
  private final ClientSocket socket;
  private final ConnectionTimer timer;
  private final Duration limit;
  private volatile @Nullable Thread owner;

  /**
   * A writer.
   *
   * @param socket is written to
   * @param timer of the connection
   * @param limit how long one piece may take
   */
  TimedWriter(ClientSocket socket, ConnectionTimer timer, Duration limit) {
    this.socket = socket;
    this.timer = timer;
    this.limit = limit;
  }

  /**
   * Writes these bytes, waiting until the client has taken them, or its buffers have.
   *
   * @throws UncheckedIOException or SocketWriterException if the client is gone, or too slow
   */
  void write(byte[] bytes, int offset, int length) {
    requireOwner();
    timer.writesBy(ConnectionTimer.in(limit.toNanos()));
    try {
      socket.send(bytes, offset, length);
    } finally {
      timer.written();
    }
  }

  private void requireOwner() {
    Thread current = Thread.currentThread();
    if (owner == null) {
      owner = current;
    } else if (!current.equals(owner)) {
      throw new IllegalStateException("a connection is written to by one thread");
    }
  }
}
