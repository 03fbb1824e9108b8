package dev.kinto.gateway.wire;

import java.io.InputStream;

/** A request body whose length was announced, read from the connection's own bytes. */
final class CountedBody extends InputStream {
  private final ConnectionInput connection;
  private long left;

  CountedBody(ConnectionInput connection, long length) {
    this.connection = connection;
    this.left = length;
  }

  /** How many bytes are still to come. */
  long left() {
    return left;
  }

  @Override
  public int read() throws ClientBodyException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int available() {
    return (int) Math.min(left, connection.available());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws ClientBodyException {
    if (left == 0) {
      return -1;
    }
    int count = connection.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new ClientBodyException("it ended " + left + " bytes too early");
    }
    left -= count;
    return count;
  }
}
