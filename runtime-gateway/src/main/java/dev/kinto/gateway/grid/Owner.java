package dev.kinto.gateway.grid;

import java.util.UUID;
import javax.cache.processor.MutableEntry;

/**
 * What a node does with the entries that it owns; {@link NodePlugin} makes it known to the node.
 *
 * @param operations what is done to an entry
 * @param room whether there is room for more
 */
record Owner(EntryOperations operations, Room room) {
  byte[] run(byte[] operation, MutableEntry<UUID, byte[]> entry) {
    return operations.run(operation, new Place(entry, room));
  }

  /** The place of an entry, by what Ignite gives to a processor. */
  private record Place(MutableEntry<UUID, byte[]> entry, Room room) implements GridEntry {
    @Override
    public UUID key() {
      return entry.getKey();
    }

    @Override
    public boolean exists() {
      return entry.exists();
    }

    @Override
    public byte[] value() {
      return entry.getValue();
    }

    @Override
    public void store(byte[] bytes) {
      entry.setValue(bytes);
    }

    @Override
    public void remove() {
      entry.remove();
    }

    @Override
    public boolean hasRoomFor(int bytes) {
      return room.forMore(bytes);
    }
  }
}
