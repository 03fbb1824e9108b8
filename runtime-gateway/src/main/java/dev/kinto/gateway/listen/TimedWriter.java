package dev.kinto.gateway.listen;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What writes to a connection, and gives the client a limited time to take each piece. Helidon
 * writes a piece whole or not at all, and would wait for ever on a client that does not read. It
 * belongs to the first thread that writes: what two write at once gets mixed up.
 */
final class TimedWriter {
  private final DataWriter helidon;
  private final ConnectionTimer timer;
  private final Duration limit;
  private volatile @Nullable Thread owner;

  /**
   * A writer.
   *
   * @param helidon writes
   * @param timer of the connection
   * @param limit how long one piece may take
   */
  TimedWriter(DataWriter helidon, ConnectionTimer timer, Duration limit) {
    this.helidon = helidon;
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
      helidon.writeNow(BufferData.create(bytes, offset, length));
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
