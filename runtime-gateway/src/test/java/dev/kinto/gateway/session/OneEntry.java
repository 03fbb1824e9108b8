package dev.kinto.gateway.session;

import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** The place of one entry, as Ignite gives it to a processor. */
final class OneEntry implements MutableEntry<UUID, byte[]> {
  private final UUID key = new UUID(1, 2);
  private byte @Nullable [] value;

  @Override
  public boolean exists() {
    return value != null;
  }

  @Override
  public void remove() {
    value = null;
  }

  @Override
  public void setValue(byte[] bytes) {
    value = bytes;
  }

  @Override
  public UUID getKey() {
    return key;
  }

  @SuppressWarnings("NullAway") // as Ignite's own: null where nothing is
  @Override
  public byte[] getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new IllegalArgumentException(type.getName());
  }
}
