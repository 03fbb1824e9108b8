package dev.kinto.processor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The class file of a record (JVMS, chapter 4), in which its components can be emptied. */
final class RecordClassFile {
  private static final byte[] RECORD = "Record".getBytes(StandardCharsets.UTF_8);

  private final byte[] bytes;
  private final ByteBuffer in;
  private int recordName;

  private RecordClassFile(byte[] bytes) {
    this.bytes = bytes;
    this.in = ByteBuffer.wrap(bytes);
  }

  /**
   * The same class with a {@code Record} attribute of no components (JVMS 4.7.30); its fields and
   * methods stay.
   *
   * @throws RuntimeException if the bytes are no class file
   */
  static byte[] withoutComponents(byte[] classFile) {
    return new RecordClassFile(classFile).emptied();
  }

  private byte[] emptied() {
    in.position(8);
    readConstants();
    skip(6);
    skip(2 * count());
    skipMembers();
    skipMembers();
    int attributes = count();
    for (int i = 0; i < attributes; i++) {
      int name = count();
      int lengthAt = in.position();
      skip(in.getInt());
      if (name == recordName) {
        return emptied(lengthAt, in.position());
      }
    }
    return bytes;
  }

  private byte[] emptied(int lengthAt, int end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, lengthAt);
    // The length of the attribute is two, and these are the number of components, none.
    out.writeBytes(new byte[] {0, 0, 0, 2, 0, 0});
    out.write(bytes, end, bytes.length - end);
    return out.toByteArray();
  }

  private void readConstants() {
    int constants = count();
    for (int i = 1; i < constants; i++) {
      switch (in.get()) {
        case 1 -> readText(i);
        case 5, 6 -> {
          // A long or a double takes two entries (JVMS 4.4.5).
          skip(8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> skip(2);
        case 15 -> skip(3);
        default -> skip(4);
      }
    }
  }

  private void readText(int index) {
    byte[] text = new byte[count()];
    in.get(text);
    if (Arrays.equals(text, RECORD)) {
      recordName = index;
    }
  }

  /** Fields or methods. */
  private void skipMembers() {
    int members = count();
    for (int i = 0; i < members; i++) {
      skip(6);
      int attributes = count();
      for (int j = 0; j < attributes; j++) {
        skip(2);
        skip(in.getInt());
      }
    }
  }

  private int count() {
    return Short.toUnsignedInt(in.getShort());
  }

  private void skip(int length) {
    in.position(in.position() + length);
  }
}
