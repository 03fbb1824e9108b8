package dev.kinto.gateway.session;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many sessions one client may have in the whole grid (contract C22).
 *
 * @param maxUnused greatest number of those that never got a field; the oldest makes room for one
 *     more
 * @param maxSessions greatest number of all; empty: as many as there is memory for
 * @param maxBytes greatest size of all as they are stored; empty: as much as there is memory for
 */
public record SessionBudget(int maxUnused, OptionalInt maxSessions, OptionalLong maxBytes) {
  /** Twenty thousand unused ones, and no other limit. */
  public static final SessionBudget DEFAULT =
      new SessionBudget(20_000, OptionalInt.empty(), OptionalLong.empty());
}
