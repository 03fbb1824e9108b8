package dev.kinto.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer. One thread may read while another one sends.
 *
 * <p>Methods that wait give up after a time of the caller's, or when the stream ends early.
 */
public final class ClientStream {
  /** So much of an answer may be under way while the next piece is fetched. */
  private static final int MOST_UNSENT = 32 * 1024;

  private final Http2Codec codec;
  private final Http2Stream stream;
  private final Optional<List<Field>> fields;
  private final boolean hasBody;
  private final StreamInput input = new StreamInput();
  private final Condition arrived;
  private final Condition room;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean closed;
  private int unsent;
  private @Nullable Runnable whenGone;

  ClientStream(
      Http2Codec codec, Http2Stream stream, @Nullable List<Field> fields, boolean hasBody) {
    this.codec = codec;
    this.stream = stream;
    this.fields = Optional.ofNullable(fields).map(List::copyOf);
    this.hasBody = hasBody;
    this.inputEnded = !hasBody;
    this.arrived = codec.lock().newCondition();
    this.room = codec.lock().newCondition();
  }

  /** The fields of the request in their order; empty if they were too large to be kept. */
  public Optional<List<Field>> fields() {
    return fields;
  }

  /** Whether something follows the head, be it empty. */
  public boolean hasBody() {
    return hasBody;
  }

  /** Whether the client has sent all. */
  public boolean inputEnded() {
    codec.lock().lock();
    try {
      return inputEnded;
    } finally {
      codec.lock().unlock();
    }
  }

  /** How many bytes of the body can be read without waiting. */
  public int available() {
    codec.lock().lock();
    try {
      return input.length();
    } finally {
      codec.lock().unlock();
    }
  }

  /**
   * Reads what is there of the body, at least one byte.
   *
   * @param nanos how long to wait
   * @return how many bytes, -1 at the end, 0 if none came in time
   * @throws StreamEndedException if the client gave up before the end
   */
  public int read(byte[] buffer, int offset, int length, long nanos)
      throws StreamEndedException, InterruptedException {
    codec.lock().lockInterruptibly();
    try {
      long left = nanos;
      while (input.length() == 0 && !inputEnded && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      if (input.length() > 0) {
        int count = input.take(buffer, offset, length);
        giveBack(count);
        return count;
      }
      if (!inputEnded && closed) {
        throw new StreamEndedException("the client ended the stream");
      }
      return inputEnded ? -1 : 0;
    } finally {
      codec.lock().unlock();
    }
  }

  private void giveBack(int count) {
    try {
      if (codec.connection().local().flowController().consumeBytes(stream, count)) {
        codec.sent();
      }
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Sends a head, or an interim one.
   *
   * @param last whether nothing follows
   */
  public void sendHead(List<Field> head, boolean last) throws StreamEndedException {
    codec.lock().lock();
    try {
      requireOpen();
      outputEnded |= last;
      codec.writeHead(stream, head, last);
      codec.sent();
    } finally {
      codec.lock().unlock();
    }
  }

  /**
   * Sends a piece of a body, behind a head if there is one. Waits until the client has taken most
   * of what was sent before; behind the last piece, until it has taken all.
   *
   * @param head what comes first; empty: nothing
   * @param last whether nothing follows
   * @param nanos how long the client may take
   * @return whether it took no longer; else the stream is of no use any more
   */
  public boolean send(
      List<Field> head, byte[] bytes, int offset, int length, boolean last, long nanos)
      throws StreamEndedException, InterruptedException {
    codec.lock().lockInterruptibly();
    try {
      if (!awaitUnsent(MOST_UNSENT - length, nanos)) {
        return false;
      }
      outputEnded |= last;
      if (!head.isEmpty()) {
        codec.writeHead(stream, head, false);
      }
      unsent += length;
      codec.writeData(
          stream, Unpooled.copiedBuffer(bytes, offset, length), last, () -> taken(length));
      codec.sent();
      return !last || awaitUnsent(0, nanos);
    } finally {
      codec.lock().unlock();
    }
  }

  private boolean awaitUnsent(int most, long nanos)
      throws StreamEndedException, InterruptedException {
    long left = nanos;
    while (unsent > most && !closed && left > 0) {
      left = room.awaitNanos(left);
    }
    if (unsent > most && !closed) {
      return false;
    }
    if (unsent > 0 || !outputEnded) {
      requireOpen();
    }
    return true;
  }

  private void requireOpen() throws StreamEndedException {
    if (closed) {
      throw new StreamEndedException("the client ended the stream");
    }
  }

  /** Ends the stream, if it has not ended. */
  public void reset(Reset why) {
    codec.lock().lock();
    try {
      whenGone = null;
      if (!closed) {
        codec.writeReset(stream, why.error());
        codec.sent();
      }
    } finally {
      codec.lock().unlock();
    }
  }

  /** Runs the action, on some thread, if the client ends the stream early; null: no longer. */
  public void whenGone(@Nullable Runnable action) {
    codec.lock().lock();
    try {
      whenGone = action;
      if (closed) {
        tellGone();
      }
    } finally {
      codec.lock().unlock();
    }
  }

  private void tellGone() {
    Runnable action = whenGone;
    whenGone = null;
    if (action != null && !outputEnded) {
      Thread.ofVirtual().name("kinto-client-gone").start(action);
    }
  }

  // What the connection tells, with its lock.

  void received(ByteBuf data, boolean last) {
    input.append(data);
    inputEnded |= last;
    arrived.signalAll();
  }

  void endInput() {
    inputEnded = true;
    arrived.signalAll();
  }

  /** Netty has given the rest of the window back, but what came whole may still be read. */
  void closed() {
    closed = true;
    if (!inputEnded) {
      input.clear();
    }
    arrived.signalAll();
    room.signalAll();
    tellGone();
  }

  private void taken(int length) {
    unsent -= length;
    room.signalAll();
  }
}
