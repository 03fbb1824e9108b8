package dev.kinto.gateway.listen;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The source of a connection's bytes, from which another thread may read one piece ahead while the
 * connection's own thread waits for an upstream. Only by reading does one see that a client has
 * gone.
 *
 * <p>Reads exclude one another. The connection's thread, when it wants to read on, waits for the
 * read that is under way and takes what that one got.
 */
final class WatchedInput implements Supplier<byte @Nullable []> {
  private final Supplier<byte @Nullable []> source;
  private final BiConsumer<String, Runnable> threads;
  private final ReentrantLock reading = new ReentrantLock();

  /** What was read ahead; guarded by the lock. */
  private @Nullable Ahead ahead;

  /** Whom to tell of the end: the call under way. */
  private volatile @Nullable ConnectionWatch watch;

  /**
   * The input of a connection.
   *
   * @param threads starts one, by name, that may read from the source
   */
  WatchedInput(Supplier<byte @Nullable []> source, BiConsumer<String, Runnable> threads) {
    this.source = source;
    this.threads = threads;
  }

  @Override
  public byte @Nullable [] get() {
    try {
      reading.lockInterruptibly();
    } catch (InterruptedException e) {
      // As a read from the socket would end: whoever interrupts wants the connection's end.
      Thread.currentThread().interrupt();
      InterruptedIOException cause = new InterruptedIOException("interrupted while reading");
      cause.initCause(e);
      throw new UncheckedIOException(cause);
    }
    try {
      Ahead before = ahead;
      ahead = null;
      return before == null ? source.get() : before.take();
    } finally {
      reading.unlock();
    }
  }

  void watchFor(@Nullable ConnectionWatch newWatch) {
    watch = newWatch;
  }

  /** Has a thread wait until the client sends something or is gone. */
  void startReadingAhead() {
    threads.accept("kinto-client-watch", this::readAhead);
  }

  /** If another thread waits already, that one tells. */
  private void readAhead() {
    if (reading.tryLock()) {
      try {
        if (ahead == null && watch != null) {
          ahead = Ahead.from(source);
        }
        if (ahead == null || !ahead.isEnd()) {
          return;
        }
      } finally {
        reading.unlock();
      }
      ConnectionWatch told = watch;
      if (told != null) {
        told.gone();
      }
    }
  }

  /** What a read gave: bytes, null at the end, or a failure. */
  private static final class Ahead {
    private final byte @Nullable [] bytes;
    private final @Nullable RuntimeException failure;

    Ahead(byte @Nullable [] bytes, @Nullable RuntimeException failure) {
      this.bytes = bytes;
      this.failure = failure;
    }

    static Ahead from(Supplier<byte @Nullable []> source) {
      try {
        return new Ahead(source.get(), null);
      } catch (RuntimeException e) {
        // Helidon reports a broken socket by several unchecked exceptions.
        return new Ahead(null, e);
      }
    }

    boolean isEnd() {
      return bytes == null;
    }

    byte @Nullable [] take() {
      if (failure != null) {
        throw failure;
      }
      return bytes;
    }
  }
}
