package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.WebSocketLimits;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of the whole gateway that are under way. Safe for use by any number of threads. */
final class UpstreamCalls {
  private final int most;
  private final ConcurrencyLimit places = new ConcurrencyLimit();
  private final WebSocketPlaces webSockets;
  private final Set<UpstreamCall> open = ConcurrentHashMap.newKeySet();

  /** For at most this many calls at a time, each of which takes memory. */
  UpstreamCalls(int most, WebSocketLimits limits) {
    this.most = most;
    this.webSockets = new WebSocketPlaces(limits);
  }

  /**
   * Begins a call, which is to say when it has ended.
   *
   * @throws Refusal upstream-busy if there are too many; rate-limited if they are the caller's own
   */
  UpstreamCall begin(UpstreamRequest request) {
    request.webSocket().ifPresent(webSockets::enter);
    if (!places.tryEnter(most)) {
      request.webSocket().ifPresent(webSockets::leave);
      throw new Refusal(
          ProblemCode.UPSTREAM_BUSY, "The gateway has as many calls as it can carry.");
    }
    UpstreamCall call = new UpstreamCall(request, this);
    open.add(call);
    return call;
  }

  void ended(UpstreamCall call) {
    open.remove(call);
    call.webSocket().ifPresent(webSockets::leave);
    places.leave();
  }

  /** Ends those whose upstream has taken too long, or whose client is gone. */
  void look(long nowNanos) {
    open.forEach(call -> call.look(nowNanos));
  }

  /** Ends those whose upstream has not answered yet. */
  void giveUpUnanswered() {
    open.forEach(UpstreamCall::giveUpUnanswered);
  }
}
