package dev.kinto.gateway.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * What writes to a connection, and gives the client a limited time to take each piece. Helidon
 * writes a piece whole or not at all, and would wait for ever on a client that does not read.
 *
 * @param helidon writes
 * @param timer of the connection
 * @param limit how long one piece may take
 */
record TimedWriter(DataWriter helidon, ConnectionTimer timer, Duration limit) {

  /**
   * Writes these bytes, waiting until the client has taken them, or its buffers have.
   *
   * @throws UncheckedIOException or SocketWriterException if the client is gone, or too slow
   */
  void write(byte[] bytes, int offset, int length) {
    timer.writesBy(ConnectionTimer.in(limit.toNanos()));
    try {
      helidon.writeNow(BufferData.create(bytes, offset, length));
    } finally {
      timer.written();
    }
  }
}
