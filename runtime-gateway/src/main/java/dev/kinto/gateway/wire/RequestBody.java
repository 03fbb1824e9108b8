package dev.kinto.gateway.wire;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request, which knows whether it was read to its end, and tells the client's
 * failures from everybody else's.
 */
final class RequestBody extends InputStream {
  private final InputStream source;
  private final Runnable firstRead;
  private boolean begun;
  private boolean ended;

  private RequestBody(InputStream source, Runnable firstRead, boolean ended) {
    this.source = source;
    this.firstRead = firstRead;
    this.ended = ended;
  }

  /**
   * A body.
   *
   * @param firstRead is run before the first byte is read: it tells a client which waits for 100
   *     Continue to send
   */
  static RequestBody of(InputStream source, Runnable firstRead) {
    return new RequestBody(source, firstRead, false);
  }

  static RequestBody none() {
    return new RequestBody(InputStream.nullInputStream(), () -> {}, true);
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
    if (ended) {
      return -1;
    }
    if (!begun) {
      begun = true;
      firstRead.run();
    }
    try {
      int count = source.read(buffer, offset, length);
      ended = count < 0;
      return count;
    } catch (RuntimeException e) {
      // Helidon reports a broken socket by several unchecked exceptions without a common type.
      throw new ClientBodyException(e);
    }
  }
}
