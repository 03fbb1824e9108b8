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

  /** The session, whether it lives or not. */
  Optional<SessionEntry> stored() {
    return entry.exists() ? Optional.of(EntryFormat.read(entry.value())) : Optional.empty();
  }

  /** The session, if it lives. */
  Optional<SessionEntry> live(long now) {
    return stored().filter(found -> found.alive(now));
  }

  /** Whether this write was carried out already. */
  boolean did(long writeId) {
    return stored().filter(found -> found.recentWrites().contain(writeId)).isPresent();
  }

  /** Stores what needs no more room than there is for it. */
  void store(SessionEntry changed) {
    entry.store(EntryFormat.write(changed));
  }

  /**
   * Stores it, unless it grows by more than this, or is larger than what was there and the node's
   * memory is full.
   */
  Outcome storeIfRoom(SessionEntry changed, int mostGrowth) {
    byte[] bytes = EntryFormat.write(changed);
    int growth = bytes.length - (isEmpty() ? 0 : entry.value().length);
    if (growth > mostGrowth) {
      return Outcome.GREW_MORE;
    }
    if (growth > 0 && !entry.hasRoomFor(bytes.length)) {
      return Outcome.NO_ROOM;
    }
    entry.store(bytes);
    return Outcome.DONE;
  }
}
