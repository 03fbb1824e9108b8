package dev.kinto.gateway.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of a request, which knows whether it was read to its end, and tells the client's
 * failures from everybody else's.
 *
 * <p>One thread may take over from another: a read waits until the other's read is over, or until
 * it is interrupted.
 */
final class RequestBody extends InputStream {
  private final InputStream source;
  private final Runnable firstRead;
  private final ReentrantLock reading = new ReentrantLock();
  private final long maxSize;
  private long size;
  private boolean begun;
  private volatile boolean ended;

  private RequestBody(InputStream source, Runnable firstRead, long maxSize, boolean ended) {
    this.source = source;
    this.firstRead = firstRead;
    this.maxSize = maxSize;
    this.ended = ended;
  }

  /**
   * A body.
   *
   * @param firstRead is run before the first byte is read: it tells a client which waits for 100
   *     Continue to send
   * @param maxSize its greatest size in bytes, if there is one
   */
  static RequestBody of(InputStream source, Runnable firstRead, OptionalLong maxSize) {
    return new RequestBody(source, firstRead, maxSize.orElse(Long.MAX_VALUE), false);
  }

  static RequestBody none() {
    return new RequestBody(InputStream.nullInputStream(), () -> {}, Long.MAX_VALUE, true);
  }

  /** Whether the last byte was read, so that what follows on the connection is the next request. */
  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    lock();
    try {
      if (ended) {
        return -1;
      }
      begin();
      int count = source.read(buffer, offset, length);
      ended = count < 0 || isAtItsEnd();
      size += Math.max(0, count);
      if (size > maxSize) {
        throw ClientBodyException.tooLarge(maxSize);
      }
      return count;
    } catch (RuntimeException e) {
      // Helidon reports a broken socket by several unchecked exceptions without a common type.
      throw new ClientBodyException(e);
    } finally {
      reading.unlock();
    }
  }

  /** What can be read without waiting; asking for it tells the client to send. */
  @Override
  public int available() throws IOException {
    lock();
    try {
      begin();
      return source.available();
    } finally {
      reading.unlock();
    }
  }

  /** Whether a counted body has no byte left: nobody needs to read on to know its end. */
  private boolean isAtItsEnd() {
    return source instanceof CountedBody counted && counted.left() == 0;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      firstRead.run();
    }
  }

  private void lock() throws ClientBodyException {
    try {
      reading.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientBodyException("its reader was interrupted");
    }
  }
}
