package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.ClientBodyException;
import dev.kinto.gateway.http.PieceInput;
import dev.kinto.gateway.http2.ClientStream;
import dev.kinto.gateway.http2.StreamEndedException;
import java.util.OptionalLong;

/**
 * A request body over HTTP/2, whose length must be the announced one, if it was (RFC 9113, section
 * 8.1.1).
 */
final class Http2Body extends PieceInput {
  private final ClientStream stream;
  private final OptionalLong announced;
  private final long patienceNanos;
  private long length;

  /**
   * A body.
   *
   * @param patienceNanos the longest pause in it
   */
  Http2Body(ClientStream stream, OptionalLong announced, long patienceNanos) {
    this.stream = stream;
    this.announced = announced;
    this.patienceNanos = patienceNanos;
  }

  @Override
  public int read(byte[] buffer, int offset, int wanted) throws ClientBodyException {
    if (wanted == 0) {
      return 0;
    }
    int count = await(buffer, offset, wanted);
    length += Math.max(0, count);
    if (announced.isPresent()
        && (length > announced.getAsLong() || (count < 0 && length < announced.getAsLong()))) {
      throw new ClientBodyException("its length is not what Content-Length announced");
    }
    return count;
  }

  private int await(byte[] buffer, int offset, int wanted) throws ClientBodyException {
    try {
      int count = stream.read(buffer, offset, wanted, patienceNanos);
      if (count == 0) {
        throw ClientBodyException.tooSlow();
      }
      return count;
    } catch (StreamEndedException e) {
      throw new ClientBodyException("the client ended the stream");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientBodyException("its reader was interrupted");
    }
  }

  @Override
  public int available() {
    return stream.available();
  }
}
