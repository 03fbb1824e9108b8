package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Ends a session because an operator says so, whatever its token is (contract C44). The look and
 * the end are one step: a session that has got another value meanwhile is another user's.
 *
 * @param writeId 48 random bits, by which a second try of the same end is known
 * @param value only if it has this value; empty: in any case
 * @param now the time
 */
record Revoke(long writeId, Optional<FieldValue> value, long now) implements SessionOperation {
  static final int KIND = 10;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.sixBytes(writeId).sixBytes(now).oneByte(value.isPresent() ? 1 : 0);
    value.ifPresent(each -> out.text(each.field()).key(each.term()));
  }

  static Revoke unpack(Unpacker in) {
    long writeId = in.sixBytes();
    long now = in.sixBytes();
    return new Revoke(
        writeId,
        in.oneByte() == 1 ? Optional.of(new FieldValue(in.text(), in.key())) : Optional.empty(),
        now);
  }

  @Override
  public Outcome on(Slot slot) {
    if (slot.did(writeId)) {
      return Outcome.DONE; // by an earlier try
    }
    Optional<SessionEntry> found =
        slot.live(now).filter(entry -> value.filter(each -> !each.isIn(entry)).isEmpty());
    found.ifPresent(entry -> slot.store(entry.ended(writeId)));
    return found.isPresent() ? Outcome.DONE : Outcome.ENDED;
  }
}
