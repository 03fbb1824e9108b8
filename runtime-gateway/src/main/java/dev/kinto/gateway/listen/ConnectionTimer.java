package dev.kinto.gateway.listen;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of one connection. Who is about to wait for the client says until when, who has
 * waited takes that back, and {@link AcceptedConnections} looks at all connections ten times a
 * second: setting a limit is one write to memory.
 *
 * <p>When the time to read is over, the input is shut down: whichever thread waits there, it reads
 * the end, and an answer can still be written. When the time to write is over, nothing can be said
 * any more, and the connection is closed. A thread that only watches whether its client stays sets
 * no limit, so that a client may wait for its answer as long as the upstream may work.
 */
final class ConnectionTimer {
  /** Times are nanoseconds since this class was loaded, so that they compare without overflow. */
  private static final long ORIGIN = System.nanoTime();

  private static final long NEVER = Long.MAX_VALUE;
  private static final long EXPIRED = -1;

  private final @Nullable SocketChannel channel;
  private final boolean tls;
  private final AtomicLong readBy = new AtomicLong(NEVER);
  private final AtomicLong writeBy = new AtomicLong(NEVER);
  private volatile long endBy = NEVER;

  /** Closes the channel, if somebody has to know. */
  private volatile @Nullable Runnable closing;

  private ConnectionTimer(@Nullable SocketChannel channel, boolean tls) {
    this.channel = channel;
    this.tls = tls;
  }

  static ConnectionTimer of(SocketChannel channel, boolean tls) {
    return new ConnectionTimer(channel, tls);
  }

  /** A timer that nobody looks at: of a connection that has ended already. */
  static ConnectionTimer ofNone() {
    return new ConnectionTimer(null, false);
  }

  /** Whose timer it is; null if that has ended already. */
  @Nullable SocketChannel channel() {
    return channel;
  }

  /** What closes the channel from now on. */
  void closesWith(Runnable newClosing) {
    closing = newClosing;
  }

  /** The time at which something that begins now must be over. */
  static long in(long nanos) {
    return now() + nanos;
  }

  /** The client's next bytes must come before this time. */
  void readsBy(long time) {
    readBy.compareAndSet(NEVER, time);
  }

  /**
   * The wait for bytes is over.
   *
   * @return whether it was too long: nothing more can be read
   */
  boolean readTooLong() {
    long before = readBy.getAndUpdate(time -> time == EXPIRED ? EXPIRED : NEVER);
    return before == EXPIRED;
  }

  /**
   * Nothing more is written, and the input ends at this time, whatever comes before. The client
   * reads the end at once, while what it still sends is read off (RFC 9112, section 9.6). Over TLS
   * it reads the end with the connection's: half an end is not TLS.
   */
  void endsBy(long time) {
    endBy = time;
    if (channel != null && !tls) {
      try {
        channel.shutdownOutput();
      } catch (IOException e) {
        // The client is gone.
      }
    }
  }

  void writesBy(long time) {
    writeBy.set(time);
  }

  void written() {
    writeBy.set(NEVER);
  }

  /**
   * Ends what took too long.
   *
   * @return whether the connection is open and has to be looked at again
   */
  boolean look() {
    if (channel == null || !channel.isOpen()) {
      return false;
    }
    long now = now();
    try {
      if (writeBy.get() < now) {
        close(channel);
        return false;
      }
      long limit = readBy.get();
      boolean expired = limit != EXPIRED && limit < now && readBy.compareAndSet(limit, EXPIRED);
      if (expired || endBy < now) {
        channel.shutdownInput();
      }
    } catch (IOException e) {
      // Closed at this very moment.
    }
    return true;
  }

  private void close(SocketChannel open) throws IOException {
    Runnable told = closing;
    if (told == null) {
      open.close();
    } else {
      told.run();
    }
  }

  private static long now() {
    return System.nanoTime() - ORIGIN;
  }
}
