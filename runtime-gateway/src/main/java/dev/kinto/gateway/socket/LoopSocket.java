package dev.kinto.gateway.socket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose waits are those of an {@link EventLoop}. It stays registered with the loop's
 * selector, also between reads.
 *
 * <p>What is not said to be for any thread is for threads of the loop, of which one runs at a time:
 * the fields need no lock.
 */
public final class LoopSocket implements StreamSocket {
  private final SocketChannel channel;
  private final EventLoop loop;
  private final SelectionKey key;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Whether a read may find something without a wait. */
  private boolean readable = true;

  private @Nullable Thread reader;
  private @Nullable Thread writer;
  private long timeoutNanos;
  private @Nullable Runnable whenUnexpected;

  LoopSocket(SocketChannel channel, EventLoop loop) throws IOException {
    this.channel = channel;
    this.loop = loop;
    channel.configureBlocking(false);
    this.key = loop.register(channel, this);
  }

  /** Something came, or can be written again. */
  void ready(SelectionKey ready) {
    try {
      tell(ready);
    } catch (CancelledKeyException e) {
      // Closed at this very moment, which wakes who waits.
    }
  }

  private void tell(SelectionKey ready) {
    if (ready.isWritable()) {
      ready.interestOpsAnd(~SelectionKey.OP_WRITE);
      Thread waiting = writer;
      writer = null;
      LockSupport.unpark(waiting);
    }
    if (ready.isReadable()) {
      readable = true;
      Thread waiting = reader;
      reader = null;
      if (waiting != null) {
        LockSupport.unpark(waiting);
        return;
      }
      // Nobody wants it now: the loop would find it again and again.
      ready.interestOpsAnd(~SelectionKey.OP_READ);
      if (whenUnexpected != null) {
        whenUnexpected.run();
      }
    }
  }

  /** Something comes while nobody waits for it: this is run then, and must not wait itself. */
  public void whenUnexpected(Runnable action) {
    whenUnexpected = action;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return length == 0 ? 0 : read(ByteBuffer.wrap(bytes, offset, length));
  }

  /**
   * Reads a piece of what is there, as it is.
   *
   * @return at least one byte; null at the end
   */
  public byte @Nullable [] read() throws IOException {
    ByteBuffer buffer = loop.buffer();
    int count = readNow(buffer);
    while (count == 0) {
      awaitReadable();
      buffer.clear();
      count = readNow(buffer);
    }
    if (count < 0) {
      return null;
    }
    byte[] piece = new byte[count];
    buffer.get(0, piece);
    return piece;
  }

  private int read(ByteBuffer target) throws IOException {
    int count = readNow(target);
    while (count == 0) {
      awaitReadable();
      count = readNow(target);
    }
    return count;
  }

  /** Zero if there is nothing. */
  private int readNow(ByteBuffer target) throws IOException {
    if (!readable) {
      return 0;
    }
    int count = channel.read(target);
    // A read that was not filled has taken all there was; what comes later, the selector tells.
    readable = count < 0 || !target.hasRemaining();
    return count;
  }

  private void awaitReadable() throws IOException {
    Thread current = Thread.currentThread();
    long end = timeoutNanos == 0 ? 0 : System.nanoTime() + timeoutNanos;
    reader = current;
    wants(SelectionKey.OP_READ);
    while (current.equals(reader)) {
      park(end);
    }
    requireOpen();
  }

  private void park(long end) throws IOException {
    requireOpen();
    if (Thread.currentThread().isInterrupted()) {
      // As the JDK does: whoever interrupts wants the connection's end.
      close();
      throw new ClosedByInterruptException();
    }
    if (end == 0) {
      LockSupport.park(this);
      return;
    }
    long left = end - System.nanoTime();
    if (left <= 0) {
      reader = null;
      throw new SocketTimeoutException("Read timed out");
    }
    LockSupport.parkNanos(this, left);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
    channel.write(source);
    while (source.hasRemaining()) {
      awaitWritable();
      channel.write(source);
    }
  }

  private void awaitWritable() throws IOException {
    Thread current = Thread.currentThread();
    writer = current;
    wants(SelectionKey.OP_WRITE);
    while (current.equals(writer)) {
      park(0);
    }
    requireOpen();
  }

  private void wants(int operation) throws IOException {
    try {
      if ((key.interestOps() & operation) == 0) {
        key.interestOpsOr(operation);
      }
    } catch (CancelledKeyException e) {
      throw closedMeanwhile(e);
    }
  }

  private void requireOpen() throws IOException {
    if (closed.get()) {
      throw closedMeanwhile(null);
    }
  }

  private static IOException closedMeanwhile(@Nullable Throwable cause) {
    IOException closed = new AsynchronousCloseException();
    closed.initCause(cause);
    return closed;
  }

  @Override
  public void readTimeout(Duration timeout) {
    timeoutNanos = timeout.toNanos();
  }

  @Override
  public boolean silent() {
    try {
      return !closed.get() && channel.read(loop.buffer().limit(1)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** From any thread. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed already.
    }
    loop.execute(
        () -> {
          LockSupport.unpark(reader);
          LockSupport.unpark(writer);
        });
  }

  /** From any thread. */
  @Override
  public void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    close();
  }
}
