package dev.kinto.gateway.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads what a {@link Packer} wrote. Bytes that are cut short end with a {@link
 * java.nio.BufferUnderflowException}.
 */
final class Unpacker {
  private final ByteBuffer in;

  Unpacker(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  int oneByte() {
    return in.get() & 0xff;
  }

  int fourBytes() {
    return in.getInt();
  }

  long sixBytes() {
    return ((in.getShort() & 0xffffL) << 32) | (in.getInt() & 0xffff_ffffL);
  }

  int length() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = oneByte();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
  }

  NonceHash hash() {
    return new NonceHash(in.getLong(), in.getLong());
  }

  UUID key() {
    return new UUID(in.getLong(), in.getLong());
  }

  /** Passes over so many bytes. */
  Unpacker skip(int bytes) {
    in.position(in.position() + bytes);
    return this;
  }

  /** All that is left. */
  byte[] rest() {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }

  String text() {
    int length = length();
    String text = new String(in.array(), in.position(), length, StandardCharsets.ISO_8859_1);
    in.position(in.position() + length);
    return text;
  }
}
