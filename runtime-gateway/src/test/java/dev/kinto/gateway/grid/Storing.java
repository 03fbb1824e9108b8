package dev.kinto.gateway.grid;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores what the operation says, and says it again.
 *
 * @param credentials of the process that does it
 */
record Storing(List<String> credentials) implements EntryOperations {
  /** Of a process that no clients come to. */
  static final Storing FOR_NOBODY = new Storing(List.of());

  @Override
  public byte[] run(byte[] operation, GridEntry entry) {
    entry.store(operation);
    return operation;
  }

  @Override
  public void changed(UUID key, byte @Nullable [] before, byte @Nullable [] after) {
    // Nobody counts.
  }

  @Override
  public long endsAt(byte[] stored) {
    return Long.MAX_VALUE;
  }
}
