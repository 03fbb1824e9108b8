package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Gives a session a new token where its entry lives, so that no parallel write is lost (contract
 * C23).
 *
 * @param presented hash of the nonce of the token that the request came with
 * @param next hash of the new one's
 * @param graceMillis how long the one before still serves calls
 * @param now the time
 */
record Rotate(NonceHash presented, NonceHash next, long graceMillis, long now)
    implements SessionOperation {
  static final int KIND = 3;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.hash(presented).hash(next).sixBytes(graceMillis).sixBytes(now);
  }

  static Rotate unpack(Unpacker in) {
    return new Rotate(in.hash(), in.hash(), in.sixBytes(), in.sixBytes());
  }

  @Override
  public Outcome on(Slot slot) {
    Optional<SessionEntry> found = slot.live(now);
    if (found.isEmpty()) {
      return Outcome.ENDED;
    }
    SessionEntry stored = found.get();
    if (stored.nonces().knows(next)) {
      return Outcome.DONE; // by an earlier try
    }
    Optional<TokenNonces> rotated = stored.nonces().rotated(presented, next, now, graceMillis);
    rotated.ifPresent(nonces -> slot.store(stored.with(nonces, now)));
    return rotated.isPresent() ? Outcome.DONE : Outcome.REPLACED;
  }
}
