package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http1.MalformedMessageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** A body that ends with its connection, unless that was cut off (contract C33). */
final class UncutInput extends FilterInputStream {
  private final BooleanSupplier cutOff;

  UncutInput(InputStream body, BooleanSupplier cutOff) {
    super(body);
    this.cutOff = cutOff;
  }

  @Override
  public int read() throws IOException {
    return checked(super.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return checked(super.read(bytes, offset, length));
  }

  private int checked(int read) throws MalformedMessageException {
    if (read < 0 && cutOff.getAsBoolean()) {
      throw new MalformedMessageException(
          "TLS that was cut off before it said that the body has ended");
    }
    return read;
  }
}
