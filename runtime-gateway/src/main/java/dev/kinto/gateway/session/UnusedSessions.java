package dev.kinto.gateway.session;

import dev.kinto.gateway.problem.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntFunction;

/**
 * Keeps the number of sessions that never got a field below a cap (contract C22): anybody who knows
 * an application's secret can begin sessions, and should not be able to fill the grid with them.
 *
 * <p>They are not counted one by one. Each new one is added up, and only when the sum reaches the
 * cap does somebody look how many there really are, at most once a second. So it costs nothing
 * until it is needed. Each gateway counts what its own node of the grid holds. Safe for use by any
 * number of threads.
 */
final class UnusedSessions {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final int cap;
  private final ToIntFunction<Instant> counted;
  private int atMost = Integer.MAX_VALUE;
  private Instant nextLook = Instant.MIN;

  /**
   * No more than a cap.
   *
   * @param counted looks how many there are at a time
   */
  UnusedSessions(int cap, ToIntFunction<Instant> counted) {
    this.cap = cap;
    this.counted = counted;
  }

  /**
   * Lets one more session begin.
   *
   * @throws Refusal.RateLimited if there are too many
   */
  synchronized void admit(Instant now) {
    if (atMost >= cap && !now.isBefore(nextLook)) {
      atMost = counted.applyAsInt(now);
      nextLook = now.plus(BETWEEN_LOOKS);
    }
    if (atMost >= cap) {
      throw new Refusal.RateLimited(
          "Too many sessions were begun and never used. Try again in a moment.", BETWEEN_LOOKS);
    }
    atMost++;
  }

  /** One of them was ended, or is unused no more: another may begin. */
  synchronized void oneLess() {
    atMost = Math.max(0, atMost - 1);
  }
}
