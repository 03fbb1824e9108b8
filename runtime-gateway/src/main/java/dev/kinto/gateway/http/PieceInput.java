package dev.kinto.gateway.http;

import java.io.IOException;
import java.io.InputStream;

/** An input whose bytes are read by the piece: one byte is a piece of that length. */
public abstract class PieceInput extends InputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
