package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Ends a session to make room for another one, if it still has never got a field (contract C22).
 *
 * @param now the time
 */
record EndUnused(long now) implements Operation {
  static final int KIND = 6;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.sixBytes(now);
  }

  static EndUnused unpack(Unpacker in) {
    return new EndUnused(in.sixBytes());
  }

  @Override
  public Outcome on(Slot slot) {
    Optional<SessionEntry> found = slot.live(now);
    if (found.isPresent() && found.get().used()) {
      return Outcome.USED_MEANWHILE;
    }
    if (!slot.isEmpty()) {
      slot.remove();
    }
    return Outcome.DONE;
  }
}
