package dev.kinto.gateway.http1;

import dev.kinto.gateway.http.PieceInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** A body whose length was announced, read from a connection's own bytes. */
public final class CountedBody extends PieceInput {
  private final InputStream connection;
  private final Function<String, ? extends IOException> failure;
  private long left;

  /**
   * A body.
   *
   * @param connection has the bytes
   * @param length in bytes
   * @param failure makes an exception of what is wrong with the body
   */
  public CountedBody(
      InputStream connection, long length, Function<String, ? extends IOException> failure) {
    this.connection = connection;
    this.left = length;
    this.failure = failure;
  }

  /** How many bytes are still to come. */
  public long left() {
    return left;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, connection.available());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = connection.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw failure.apply("it ended " + left + " bytes too early");
    }
    left -= count;
    return count;
  }
}
