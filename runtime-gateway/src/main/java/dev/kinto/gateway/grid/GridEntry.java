package dev.kinto.gateway.grid;

import java.util.UUID;

/** The place of one key while an operation has it for itself. */
public interface GridEntry {
  UUID key();

  /** Whether something is stored here. */
  boolean exists();

  /** What is stored here; only if it {@link #exists}. */
  byte[] value();

  void store(byte[] bytes);

  void remove();

  /** Whether the memory of the node has room for so many bytes more. */
  boolean hasRoomFor(int bytes);
}
