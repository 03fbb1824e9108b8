package dev.kinto.gateway.session;

import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;
import javax.cache.processor.MutableEntry;

/**
 * The place of one session in the grid while an operation has it for itself. An entry whose time is
 * over counts as none: without that look Ignite would bring an expired one back.
 */
final class Slot {
  private final MutableEntry<UUID, byte[]> entry;
  private final IntPredicate roomForMore;

  /**
   * The place of an entry.
   *
   * @param roomForMore whether the node's memory has room for an entry of so many bytes that is
   *     larger than what is there
   */
  Slot(MutableEntry<UUID, byte[]> entry, IntPredicate roomForMore) {
    this.entry = entry;
    this.roomForMore = roomForMore;
  }

  boolean isEmpty() {
    return !entry.exists();
  }

  /** The session, if it lives. */
  Optional<SessionEntry> live(long now) {
    return entry.exists()
        ? Optional.of(EntryFormat.read(entry.getValue())).filter(found -> found.alive(now))
        : Optional.empty();
  }

  /** Stores what needs no more room than there is for it. */
  void store(SessionEntry changed) {
    entry.setValue(EntryFormat.write(changed));
  }

  /** Stores it, unless it is larger than what was there and the node's memory is full. */
  Outcome storeIfRoom(SessionEntry changed) {
    byte[] bytes = EntryFormat.write(changed);
    boolean grows = isEmpty() || bytes.length > entry.getValue().length;
    if (grows && !roomForMore.test(bytes.length)) {
      return Outcome.NO_ROOM;
    }
    entry.setValue(bytes);
    return Outcome.DONE;
  }

  void remove() {
    entry.remove();
  }
}
