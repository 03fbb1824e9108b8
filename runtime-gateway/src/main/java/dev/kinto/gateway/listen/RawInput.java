package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.PieceInput;
import java.io.IOException;

/**
 * What a connection's client sends from now on, without any framing: for a tunnel (RFC 9110,
 * section 7.8).
 */
final class RawInput extends PieceInput {
  private final ConnectionInput connection;

  RawInput(ConnectionInput connection) {
    this.connection = connection;
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
