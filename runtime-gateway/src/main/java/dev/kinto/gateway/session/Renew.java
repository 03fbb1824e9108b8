package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Begins a session's idle time anew and remembers that a token was used, unless the session has
 * ended or a login has replaced the token (contract C24, C28).
 *
 * @param nonceHash of a token that was good when its request came
 * @param logins how often a login had replaced the session's token by then
 * @param used whether the session had got a field by then, which the time goes by after which the
 *     entry is swept up
 * @param now the time
 */
record Renew(NonceHash nonceHash, int logins, boolean used, long now) implements SessionOperation {
  static final int KIND = 2;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.hash(nonceHash).fourBytes(logins).oneByte(used ? 1 : 0).sixBytes(now);
  }

  static Renew unpack(Unpacker in) {
    return new Renew(in.hash(), in.fourBytes(), in.oneByte() == 1, in.sixBytes());
  }

  @Override
  public Outcome on(Slot slot) {
    Optional<SessionEntry> found = slot.live(now);
    if (found.isEmpty()) {
      return Outcome.ENDED;
    }
    SessionEntry stored = found.get();
    if (stored.logins() != logins) {
      return Outcome.REPLACED;
    }
    if (stored.used() != used) {
      return Outcome.USED_MEANWHILE;
    }
    slot.store(stored.with(stored.nonces().used(nonceHash), now));
    return Outcome.DONE;
  }
}
