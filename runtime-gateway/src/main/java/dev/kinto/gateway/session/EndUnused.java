package dev.kinto.gateway.session;

import java.util.Optional;

/** Ends a session to make room for another one, unless it has got a field (contract C22). */
record EndUnused() implements SessionOperation {
  static final int KIND = 6;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    // That is all.
  }

  @Override
  public Outcome on(Slot slot) {
    Optional<SessionEntry> found = slot.stored().filter(session -> !session.isEnded());
    if (found.isPresent() && found.get().used()) {
      return Outcome.USED_MEANWHILE;
    }
    found.ifPresent(session -> slot.store(session.ended(0)));
    return Outcome.DONE;
  }
}
