package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.GridEntry;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The place of one entry, in no grid. */
final class OneEntry implements GridEntry {
  /** Whether there is room for more. */
  boolean room = true;

  private byte @Nullable [] value;

  @Override
  public UUID key() {
    return new UUID(1, 2);
  }

  @Override
  public boolean exists() {
    return value != null;
  }

  @Override
  public byte[] value() {
    return Objects.requireNonNull(value);
  }

  @Override
  public void store(byte[] bytes) {
    value = bytes;
  }

  @Override
  public void remove() {
    value = null;
  }

  @Override
  public boolean hasRoomFor(int bytes) {
    return room;
  }
}
