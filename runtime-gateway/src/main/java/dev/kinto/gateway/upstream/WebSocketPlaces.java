package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.WebSocketLimits;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The places for WebSockets, of which nobody gets too many (contract C34): not all of them
 * together, not one client, not one session. Safe for use by any number of threads.
 */
final class WebSocketPlaces {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final WebSocketLimits limits;
  private final ConcurrencyLimit all = new ConcurrencyLimit();
  private final Map<Object, Integer> taken = new ConcurrentHashMap<>();

  WebSocketPlaces(WebSocketLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes a place, which is to be left.
   *
   * @throws Refusal upstream-busy, or rate-limited if it is the owner who has too many
   */
  void enter(WebSocketOwner owner) {
    if (!all.tryEnter(limits.total())) {
      throw new Refusal(
          ProblemCode.UPSTREAM_BUSY, "The gateway has as many WebSockets as it can carry.");
    }
    if (!take(owner, limits.perSession())) {
      all.leave();
      throw tooMany("session", limits.perSession());
    }
    if (!take(owner.client(), limits.perClient())) {
      give(owner);
      all.leave();
      throw tooMany("client", limits.perClient());
    }
  }

  private static Refusal tooMany(String whose, int most) {
    return new Refusal.RateLimited(
        "This " + whose + " has as many WebSockets open as it may, " + most + ". Close one first.",
        RETRY);
  }

  void leave(WebSocketOwner owner) {
    give(owner.client());
    give(owner);
    all.leave();
  }

  private boolean take(Object holder, int most) {
    boolean fits = taken.merge(holder, 1, Integer::sum) <= most;
    if (!fits) {
      give(holder);
    }
    return fits;
  }

  private void give(Object holder) {
    taken.computeIfPresent(holder, (_, count) -> count == 1 ? null : count - 1);
  }
}
