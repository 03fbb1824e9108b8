package dev.kinto.gateway.listen;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is served by the virtual thread which Helidon has started for it.
 *
 * @param connection Helidon's
 */
record OwnThreadSocket(ConnectionContext connection) implements ClientSocket {
  @Override
  public byte @Nullable [] receive() {
    return connection.serverSocket().get();
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    connection.dataWriter().writeNow(BufferData.create(bytes, offset, length));
  }

  @Override
  public void start(String threadName, Runnable task) {
    Thread.ofVirtual().name(threadName).start(task);
  }
}
