package dev.kinto.gateway.listen;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a connection's client sends from now on, without any framing: for a tunnel (RFC 9110,
 * section 7.8).
 */
final class RawInput extends InputStream {
  private final ConnectionInput connection;

  RawInput(ConnectionInput connection) {
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return connection.readUntimed(buffer, offset, length);
    } catch (RuntimeException e) {
      // Helidon reports a broken socket by several unchecked exceptions without a common type.
      throw new IOException("the client's connection broke", e);
    }
  }
}
