package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Ends a session, if the token is its newest one (contract C28). The look and the removal are one
 * step: a login that is under way at the same moment is either before it, and then the token is
 * dead, or behind it, and finds no session.
 *
 * @param writeId 48 random bits, by which a second try of the same end is known
 * @param presented hash of the nonce of the token that the request came with
 * @param now the time
 */
record End(long writeId, NonceHash presented, long now) implements SessionOperation {
  static final int KIND = 5;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.sixBytes(writeId).hash(presented).sixBytes(now);
  }

  static End unpack(Unpacker in) {
    return new End(in.sixBytes(), in.hash(), in.sixBytes());
  }

  @Override
  public Outcome on(Slot slot) {
    if (slot.did(writeId)) {
      return Outcome.DONE; // by an earlier try
    }
    Optional<SessionEntry> found = slot.live(now);
    if (found.isEmpty()) {
      return Outcome.ENDED;
    }
    if (!found.get().nonces().isCurrent(presented)) {
      return Outcome.REPLACED;
    }
    slot.store(found.get().ended(writeId));
    return Outcome.DONE;
  }
}
