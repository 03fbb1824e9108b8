package dev.kinto.gateway.session;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reserves what is to be added to the grid for a client, within what the client may have in all of
 * it (contract C22).
 *
 * @param clientId the client
 * @param claim what is to be added
 * @param budget what the client may have
 */
record Reserve(String clientId, Claim claim, SessionBudget budget) implements AllowanceOperation {
  static final int KIND = 7;
  private static final long MOST_BYTES = 0xffff_ffff_ffffL;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.text(clientId);
    claim.pack(out);
    out.fourBytes(budget.maxUnused())
        .fourBytes(budget.maxSessions().orElse(Integer.MAX_VALUE))
        .sixBytes(Math.min(budget.maxBytes().orElse(MOST_BYTES), MOST_BYTES));
  }

  static Reserve unpack(Unpacker in) {
    return new Reserve(
        in.text(),
        Claim.unpack(in),
        new SessionBudget(
            in.fourBytes(), OptionalInt.of(in.fourBytes()), OptionalLong.of(in.sixBytes())));
  }

  @Override
  public Outcome on(Allowances allowances) {
    return allowances.claim(clientId, claim, budget);
  }
}
