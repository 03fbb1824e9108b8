package dev.kinto.gateway.http2;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The bytes of a body that came and were not read yet. There are never more than the stream's
 * window, and they lie in one array, since a client may send them one by one. Guarded by the lock
 * of the connection.
 */
final class StreamInput {
  private static final int FIRST_SIZE = 4 * 1024;

  private byte[] bytes = {};
  private int start;
  private int end;

  int length() {
    return end - start;
  }

  void append(ByteBuf data) {
    int more = data.readableBytes();
    if (end + more > bytes.length) {
      makeRoom(more);
    }
    data.readBytes(bytes, end, more);
    end += more;
  }

  private void makeRoom(int more) {
    int length = length();
    byte[] target = bytes;
    if (2 * (length + more) > bytes.length) {
      target = new byte[Math.max(FIRST_SIZE, 2 * (length + more))];
    }
    System.arraycopy(bytes, start, target, 0, length);
    bytes = target;
    start = 0;
    end = length;
  }

  int take(byte[] buffer, int offset, int length) {
    int count = Math.min(length, length());
    System.arraycopy(bytes, start, buffer, offset, count);
    start += count;
    if (start == end) {
      start = 0;
      end = 0;
    }
    return count;
  }

  /** Forgets what is there. */
  void clear() {
    bytes = Arrays.copyOf(bytes, 0);
    start = 0;
    end = 0;
  }
}
