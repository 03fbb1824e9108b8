package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.GridEntry;
import java.util.Optional;

/**
 * The place of one session in the grid while an operation has it for itself. An entry whose time is
 * over counts as none: without that look Ignite would bring an expired one back.
 */
final class Slot {
  private final GridEntry entry;

  Slot(GridEntry entry) {
    this.entry = entry;
  }

  boolean isEmpty() {
    return !entry.exists();
  }

  /** The session, if it lives. */
  Optional<SessionEntry> live(long now) {
    return entry.exists()
        ? Optional.of(EntryFormat.read(entry.value())).filter(found -> found.alive(now))
        : Optional.empty();
  }

  /** Stores what needs no more room than there is for it. */
  void store(SessionEntry changed) {
    entry.store(EntryFormat.write(changed));
  }

  /** Stores it, unless it is larger than what was there and the node's memory is full. */
  Outcome storeIfRoom(SessionEntry changed) {
    byte[] bytes = EntryFormat.write(changed);
    boolean grows = isEmpty() || bytes.length > entry.value().length;
    if (grows && !entry.hasRoomFor(bytes.length)) {
      return Outcome.NO_ROOM;
    }
    entry.store(bytes);
    return Outcome.DONE;
  }

  void remove() {
    entry.remove();
  }
}
