package dev.kinto.gateway.session;

import java.util.UUID;

/**
 * What is to be added to the grid for a client.
 *
 * @param key of the session that begins or grows
 * @param writeId of the write by which it grows, 48 random bits; 0 if it begins
 * @param bytes by how many, as they are stored
 */
record Claim(UUID key, long writeId, int bytes) {
  boolean begins() {
    return writeId == 0;
  }

  void pack(Packer out) {
    out.key(key).sixBytes(writeId).length(bytes);
  }

  static Claim unpack(Unpacker in) {
    return new Claim(in.key(), in.sixBytes(), in.length());
  }
}
