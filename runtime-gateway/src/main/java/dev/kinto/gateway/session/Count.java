package dev.kinto.gateway.session;

import dev.kinto.gateway.session.SessionSummary.Unused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How much a client has.
 *
 * @param sessions how many sessions
 * @param unused how many of them never got a field
 * @param bytes of all as they are stored
 * @param oldest some that never got a field, the oldest first; before them there are no others
 */
record Count(int sessions, int unused, long bytes, List<Unused> oldest) {
  static final Count NOTHING = new Count(0, 0, 0, List.of());

  /** The sum of what is counted apart, each with so many of its oldest. */
  static Count sum(List<Count> parts, int oldest) {
    return new Count(
        parts.stream().mapToInt(Count::sessions).sum(),
        parts.stream().mapToInt(Count::unused).sum(),
        parts.stream().mapToLong(Count::bytes).sum(),
        parts.stream()
            .flatMap(each -> each.oldest().stream())
            .sorted(Unused.OLDEST_FIRST)
            .limit(oldest)
            .toList());
  }

  /** With a claim that was granted. */
  Count with(Claim claim) {
    int begun = claim.begins() ? 1 : 0;
    return new Count(sessions + begun, unused + begun, bytes + claim.bytes(), oldest);
  }

  /** With all of some that were granted. */
  Count with(Collection<Claim> claims) {
    Count sum = this;
    for (Claim each : claims) {
      sum = sum.with(each);
    }
    return sum;
  }

  /** Without one. */
  Count without(Claim claim) {
    int begun = claim.begins() ? 1 : 0;
    return new Count(sessions - begun, unused - begun, bytes - claim.bytes(), oldest);
  }

  /** After one of the oldest has ended. */
  Count without(Unused ended) {
    return new Count(sessions - 1, unused - 1, bytes - ended.size(), others(ended));
  }

  /** After one of the oldest got a field. */
  Count withUsed(Unused used) {
    return new Count(sessions, unused - 1, bytes, others(used));
  }

  private List<Unused> others(Unused one) {
    return oldest.stream().filter(each -> !each.equals(one)).toList();
  }

  /** Whether so much more keeps to the budget. */
  boolean hasRoomFor(Collection<Claim> claims, SessionBudget budget) {
    long begin = claims.stream().filter(Claim::begins).count();
    long added = claims.stream().mapToLong(Claim::bytes).sum();
    boolean fits = bytes + added <= budget.maxBytes().orElse(Long.MAX_VALUE);
    return begin == 0
        ? fits
        : fits
            && unused + begin <= budget.maxUnused()
            && sessions + begin <= budget.maxSessions().orElse(Integer.MAX_VALUE);
  }

  void pack(Packer out) {
    out.fourBytes(sessions).fourBytes(unused).sixBytes(bytes).length(oldest.size());
    oldest.forEach(each -> out.sixBytes(each.createdAt()).key(each.key()).length(each.size()));
  }

  static Count unpack(Unpacker in) {
    int sessions = in.fourBytes();
    int unused = in.fourBytes();
    long bytes = in.sixBytes();
    List<Unused> oldest = new ArrayList<>();
    for (int left = in.length(); left > 0; left--) {
      oldest.add(new Unused(in.sixBytes(), in.key(), in.length()));
    }
    return new Count(sessions, unused, bytes, oldest);
  }
}
