package dev.kinto.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The body of a request, which knows whether it was read to its end, and tells the client's
 * failures from everybody else's.
 *
 * <p>Its bytes are had by {@link #open} only, on the thread that gives the request's answer:
 * opening tells a client that waits for 100 Continue to send, and two threads never write to one
 * client. Another thread may read what was opened. A read waits until another thread's read is
 * over, or until it is interrupted.
 */
public final class RequestBody {
  private final InputStream source;
  private final BooleanSupplier atItsEnd;
  private final Runnable invitation;
  private final Bytes bytes = new Bytes();
  private final ReentrantLock reading = new ReentrantLock();
  private final long maxSize;
  private long size;
  private boolean opened;

  /** A byte that was read to see whether there is one; negative without. */
  private volatile int ahead = -1;

  private volatile boolean ended;

  private RequestBody(
      InputStream source,
      BooleanSupplier atItsEnd,
      Runnable invitation,
      long maxSize,
      boolean ended) {
    this.source = source;
    this.atItsEnd = atItsEnd;
    this.invitation = invitation;
    this.maxSize = maxSize;
    this.ended = ended;
  }

  /**
   * A body.
   *
   * @param source has its bytes
   * @param atItsEnd whether it is known that no byte is left; else one more read tells
   * @param invitation tells a client which waits for it to send the body
   * @param maxSize its greatest size in bytes, if there is one
   */
  public static RequestBody of(
      InputStream source, BooleanSupplier atItsEnd, Runnable invitation, OptionalLong maxSize) {
    return new RequestBody(source, atItsEnd, invitation, maxSize.orElse(Long.MAX_VALUE), false);
  }

  public static RequestBody none() {
    return new RequestBody(
        InputStream.nullInputStream(), () -> true, () -> {}, Long.MAX_VALUE, true);
  }

  /** The bytes; has the client send them, if it waits to be told. */
  public InputStream open() {
    if (!opened) {
      opened = true;
      invitation.run();
    }
    return bytes;
  }

  /** Whether the last byte was read, so that what follows on the connection is the next request. */
  public boolean ended() {
    return ended && ahead < 0;
  }

  /** Whether the body has no byte; waits for the first one, or the end. */
  boolean isEmpty() throws IOException {
    byte[] first = new byte[1];
    if (ahead < 0 && read(first, 0, 1) > 0) {
      ahead = first[0] & 0xFF;
    }
    return ahead < 0;
  }

  /**
   * Reads bytes that nobody wants, however many there are.
   *
   * @return how many; -1 at the end
   */
  public int discard(byte[] sink) throws IOException {
    return read(sink, 0, sink.length);
  }

  private int read(byte[] buffer, int offset, int length) throws IOException {
    lock();
    try {
      int taken = takeAhead(buffer, offset, length);
      if (taken > 0 && (taken == length || source.available() == 0)) {
        return taken;
      }
      if (ended) {
        return -1;
      }
      int count = source.read(buffer, offset + taken, length - taken);
      ended = count < 0 || atItsEnd.getAsBoolean();
      return taken > 0 ? taken + Math.max(0, count) : count;
    } catch (RuntimeException e) {
      // Helidon reports a broken socket by several unchecked exceptions without a common type.
      throw new ClientBodyException(e);
    } finally {
      reading.unlock();
    }
  }

  private int takeAhead(byte[] buffer, int offset, int length) {
    if (ahead < 0 || length == 0) {
      return 0;
    }
    buffer[offset] = (byte) ahead;
    ahead = -1;
    return 1;
  }

  private void lock() throws ClientBodyException {
    try {
      reading.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientBodyException("its reader was interrupted");
    }
  }

  /** What was opened. */
  private final class Bytes extends PieceInput {
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = RequestBody.this.read(buffer, offset, length);
      size += Math.max(0, count);
      if (size > maxSize) {
        throw ClientBodyException.tooLarge(maxSize);
      }
      return count;
    }

    /** What can be read without waiting. */
    @Override
    public int available() throws IOException {
      lock();
      try {
        return source.available() + (ahead < 0 ? 0 : 1);
      } finally {
        reading.unlock();
      }
    }
  }
}
