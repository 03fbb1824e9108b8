package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.http1.ReceivedHead;
import dev.kinto.gateway.http1.ResponseHeadReader;
import dev.kinto.gateway.socket.StreamSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/**
 * What comes over a connection to an upstream: heads, and whatever follows them. Used by one thread
 * at a time.
 *
 * <p>Waits have no limit of their own, for those of a call are kept by a clock (see {@link
 * UpstreamWait}), except where one is set here.
 */
final class UpstreamInput extends InputStream {
  private static final int CAPACITY = 8 * 1024;
  private static final long NEVER = 0;

  private final StreamSocket socket;
  private byte[] buffer = new byte[CAPACITY];

  /** The bytes from {@code at} to {@code end} came and were not taken yet. */
  private int at;

  private int end;
  private boolean answered;

  /** When reads end, as {@link System#nanoTime}. */
  private long endNanos = NEVER;

  UpstreamInput(StreamSocket socket) {
    this.socket = socket;
  }

  /** An exchange begins. */
  void begin() {
    answered = false;
  }

  /** Whether a byte of the answer has come. */
  boolean answered() {
    return answered;
  }

  /** From now on all reads together take at most this time. */
  void endsIn(long nanos) {
    endNanos = (System.nanoTime() + nanos) | 1;
  }

  /**
   * Reads a head.
   *
   * @throws NoResponseException if the connection ended before its first byte
   */
  ReceivedHead readHead() throws IOException {
    answered |= available() > 0;
    ResponseHeadReader reader = new ResponseHeadReader();
    while (!reader.read(buffer, at, end)) {
      reader.requireSize();
      if (!fill()) {
        throw reader.length() == 0
            ? new NoResponseException()
            : new MalformedMessageException("an end of the connection in it");
      }
    }
    byte[] head = Arrays.copyOfRange(buffer, at, at + reader.length());
    at += reader.length();
    return reader.head(head, 0);
  }

  /**
   * Waits for a byte, at most this long.
   *
   * @return whether one is at hand; not at the end
   */
  boolean awaitByte(Duration most) throws IOException {
    if (available() > 0) {
      return true;
    }
    socket.readTimeout(most);
    try {
      return fill();
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.readTimeout(Duration.ZERO);
    }
  }

  @Override
  public int read() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (at == end && length >= CAPACITY) {
      return receive(bytes, offset, length);
    }
    if (at == end && !fill()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(buffer, at, bytes, offset, count);
    at += count;
    return count;
  }

  /** How many bytes are at hand here; the socket may have more. */
  @Override
  public int available() {
    return end - at;
  }

  /** Receives more behind what is at hand; says whether there was any. */
  private boolean fill() throws IOException {
    makeRoom();
    int count = receive(buffer, end, buffer.length - end);
    end += Math.max(0, count);
    return count > 0;
  }

  private void makeRoom() {
    if (at == end) {
      at = 0;
      end = 0;
      if (buffer.length > CAPACITY) {
        buffer = new byte[CAPACITY];
      }
    } else if (end == buffer.length) {
      int left = end - at;
      byte[] target = left > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
      System.arraycopy(buffer, at, target, 0, left);
      buffer = target;
      at = 0;
      end = left;
    }
  }

  private int receive(byte[] bytes, int offset, int length) throws IOException {
    if (endNanos != NEVER) {
      Duration left = Duration.ofNanos(endNanos - System.nanoTime());
      if (!left.isPositive()) {
        throw new SocketTimeoutException();
      }
      socket.readTimeout(left);
    }
    int count = socket.read(bytes, offset, length);
    answered |= count > 0;
    return count;
  }
}
