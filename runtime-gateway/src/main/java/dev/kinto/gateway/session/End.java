package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Ends a session, if the token is its newest one (contract C28). The look and the removal are one
 * step: a login that is under way at the same moment is either before it, and then the token is
 * dead, or behind it, and finds no session.
 *
 * @param presented hash of the nonce of the token that the request came with
 * @param now the time
 */
record End(NonceHash presented, long now) implements Operation {
  static final int KIND = 5;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.hash(presented).sixBytes(now);
  }

  static End unpack(Unpacker in) {
    return new End(in.hash(), in.sixBytes());
  }

  @Override
  public Outcome on(Slot slot) {
    Optional<SessionEntry> found = slot.live(now);
    if (found.isEmpty()) {
      return Outcome.ENDED;
    }
    if (!found.get().nonces().isCurrent(presented)) {
      return Outcome.REPLACED;
    }
    slot.remove();
    return Outcome.DONE;
  }
}
