package dev.kinto.gateway.socket;

import java.io.IOException;
import java.time.Duration;

/**
 * A connected socket as blocking code sees it: the calling thread waits. One thread may read and
 * another one write at a time; {@link #close} and {@link #reset} are for any thread, and end the
 * waits of others with an exception.
 */
public interface StreamSocket {
  /**
   * Reads what is there, at least one byte.
   *
   * @return how many bytes; -1 at the end
   * @throws java.net.SocketTimeoutException if none comes within the time of {@link #readTimeout}
   */
  int read(byte[] bytes, int offset, int length) throws IOException;

  /** Writes all of it. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** How long a read may wait from now on; zero for as long as it takes. */
  void readTimeout(Duration timeout) throws IOException;

  /** Whether the connection is open, and nothing has come that was not read. Never waits. */
  boolean silent();

  /** Says to the other end that nothing more will come. */
  void shutdownOutput() throws IOException;

  /** Ends the connection in order. */
  void close();

  /** Ends the connection at once, so that the other end does not take what it got for a whole. */
  void reset();
}
