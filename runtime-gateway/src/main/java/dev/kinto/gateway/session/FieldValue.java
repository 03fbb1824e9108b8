package dev.kinto.gateway.session;

import dev.kinto.manifest.FieldName;
import dev.kinto.session.WireText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A session field with a value, for finding sessions that have it.
 *
 * @param field the field's name, folded (contract C2)
 * @param term a hash of name and value, by which the index of a node goes: it holds no values
 */
record FieldValue(String field, UUID term) {

  /** Of a value as people write it. */
  static FieldValue of(String name, String text) {
    String folded = FieldName.fold(name);
    return new FieldValue(folded, hash(folded + '\0' + text));
  }

  /** Of a value in its wire form: two forms of one text are the same (contract C5). */
  static FieldValue ofWire(String name, String wire) {
    return of(name, WireText.decode(wire).orElse(wire));
  }

  /** Whether a session has it. */
  boolean isIn(SessionEntry entry) {
    return entry.fields().value(field).filter(wire -> equals(ofWire(field, wire))).isPresent();
  }

  private static UUID hash(String text) {
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      return new UUID(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
