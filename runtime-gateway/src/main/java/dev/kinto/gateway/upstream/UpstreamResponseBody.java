package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http.PieceInput;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.schedule.TimeSlice;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The body of an answer, which gives its connection back when it was read to its end, and ends the
 * connection when it was not. Its state may be asked for by any thread, all else is for one.
 */
public final class UpstreamResponseBody extends PieceInput implements UpstreamWait {
  private static final long LARGE = 1024L * 1024;

  private final InputStream source;
  private final UpstreamConnection connection;
  private final UpstreamExchange exchange;
  private final UpstreamCall call;
  private final boolean keepAlive;
  private final long idleNanos;
  private final TimeSlice slice = new TimeSlice();

  /** Bytes still to come; negative if only the end of the stream tells. */
  private long left;

  private boolean released;

  /** Since when a byte is waited for; 0 while none is. */
  private volatile long waitsSinceNanos;

  UpstreamResponseBody(
      InputStream source,
      UpstreamConnection connection,
      UpstreamExchange exchange,
      UpstreamCall call,
      OptionalLong length,
      boolean keepAlive,
      long idleNanos) {
    this.source = source;
    this.connection = connection;
    this.exchange = exchange;
    this.call = call;
    this.left = length.orElse(-1);
    this.keepAlive = keepAlive;
    this.idleNanos = idleNanos;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = await(buffer, offset, length);
    if (count < 0) {
      left = 0;
    } else {
      call.moved();
      slice.used(count);
      if (left > 0) {
        left -= count;
      }
    }
    releaseIfRead();
    return count;
  }

  private int await(byte[] buffer, int offset, int length) throws IOException {
    waitsSinceNanos = System.nanoTime() | 1;
    int count = source.read(buffer, offset, length);
    waitsSinceNanos = 0;
    return count;
  }

  @Override
  public boolean isTooLong(long nowNanos) {
    long since = waitsSinceNanos;
    return since != 0 && nowNanos - since >= idleNanos;
  }

  @Override
  public int available() throws IOException {
    return left == 0 ? 0 : source.available();
  }

  /** Whether it may take long to come: a stream, a tunnel, or a large body. */
  public boolean mayLast() {
    return left < 0 || left > LARGE;
  }

  /**
   * Whether a byte of it, or of what the client sends through a tunnel, came since the last look.
   */
  public boolean movedSinceLook() {
    return call.movedSince();
  }

  /** Ends it at once, from any thread; who reads it gets an exception. */
  public void cut() {
    call.cut();
  }

  /**
   * Gives the connection and the place at the upstream back as soon as the last byte was read, if
   * that takes no waiting: the upstream is free before a client knows that it was served, and does
   * not wait for a slow one.
   */
  void releaseIfRead() {
    if (left == 0 && exchange.requestWasAtHand()) {
      release();
    }
  }

  /** Says for the log that a refusal has to do with the upstream that answered. */
  Refusal about(Refusal refusal) {
    return call.about(refusal);
  }

  /** Gives the connection back, or ends it. */
  void release() {
    if (released) {
      return;
    }
    released = true;
    boolean whole = call.end() && left == 0 && exchange.requestSent();
    if (!whole) {
      connection.abort();
    } else if (keepAlive) {
      connection.keep();
    } else {
      connection.close();
    }
  }
}
