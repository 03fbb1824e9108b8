package dev.kinto.gateway.listen;

import dev.kinto.gateway.socket.EventLoop;
import dev.kinto.gateway.socket.LoopSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is served by threads of an event loop.
 *
 * @param loop whose threads they are
 */
record EventLoopSocket(LoopSocket socket, EventLoop loop) implements ClientSocket {
  @Override
  public byte @Nullable [] receive() {
    try {
      return socket.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    try {
      socket.write(bytes, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void start(String threadName, Runnable task) {
    loop.thread(threadName, task).start();
  }
}
