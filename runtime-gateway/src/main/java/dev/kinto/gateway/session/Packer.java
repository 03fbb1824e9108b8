package dev.kinto.gateway.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Writes what the grid stores and passes on as bytes of our own (contract C37b). Numbers are
 * big-endian; a text or an array has its length in front, seven bits a byte, the lowest first.
 */
final class Packer {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  Packer oneByte(int value) {
    out.write(value);
    return this;
  }

  Packer fourBytes(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >>> shift);
    }
    return this;
  }

  /** Of a number its lower 48 bits: for milliseconds since the epoch that is enough until 10889. */
  Packer sixBytes(long value) {
    for (int shift = 40; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  Packer length(int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write(rest | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return this;
  }

  /** As many bytes as whoever reads them expects. */
  Packer raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Packer hash(NonceHash hash) {
    return raw(hash.toBytes());
  }

  Packer key(UUID key) {
    return eightBytes(key.getMostSignificantBits()).eightBytes(key.getLeastSignificantBits());
  }

  private Packer eightBytes(long value) {
    return fourBytes((int) (value >>> 32)).fourBytes((int) value);
  }

  /** A text of which each character is one byte: names, ids, and values in their wire form. */
  Packer text(String text) {
    return length(text.length()).raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
