package dev.kinto.gateway.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/**
 * A connection's writer that gives the client a limited time to take each piece. Helidon writes a
 * piece whole or not at all, and would wait for ever on a client that does not read.
 *
 * @param helidon writes
 * @param timer of the connection
 * @param nanos how long one piece may take
 */
record TimedWriter(DataWriter helidon, ConnectionTimer timer, long nanos) implements DataWriter {

  @Override
  public void write(BufferData... buffers) {
    writeNow(buffers);
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    timer.writesBy(ConnectionTimer.in(nanos));
    try {
      helidon.writeNow(buffer);
    } finally {
      timer.written();
    }
  }

  @Override
  public void flush() {
    helidon.flush();
  }

  @Override
  public void close() {
    helidon.close();
  }
}
