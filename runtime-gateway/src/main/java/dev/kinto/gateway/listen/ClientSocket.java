package dev.kinto.gateway.listen;

import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The bytes of a client's connection. One thread reads and one writes at a time. */
interface ClientSocket {
  /**
   * Waits for what the client sends.
   *
   * @return a piece as it came, never an empty one; null at the end
   * @throws UncheckedIOException or another unchecked exception of Helidon's if the connection
   *     broke
   */
  byte @Nullable [] receive();

  /**
   * Waits until the client has taken all of it, or its buffers have.
   *
   * @throws UncheckedIOException or SocketWriterException if the connection broke
   */
  void send(byte[] bytes, int offset, int length);

  /** Starts a thread that may read from it too. */
  void start(String threadName, Runnable task);
}
