package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http.ClientWatch;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.problem.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A call under way, from its place at an upstream to the last byte of the answer. Others may cut
 * it: the watch over the client, and the clock. Then its connection is closed, under the thread
 * that uses it.
 *
 * <p>A connection goes back to its pool only after the call ended uncut, so that a late cut never
 * hits the connection's next user.
 */
final class UpstreamCall {
  /** How a call stands. */
  private enum State {
    OPEN,
    CLIENT_GONE,
    TOO_LONG,
    SESSION_ENDED,
    GATEWAY_STOPS,
    ENDED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final ClientWatch watch;
  private final Optional<WebSocketOwner> webSocket;
  private final UpstreamCalls all;
  private final Observation observation;
  private final long beganNanos = System.nanoTime();
  private final Optional<Duration> whole;
  private volatile UpstreamWait wait = UpstreamWait.NOTHING;
  private volatile @Nullable UpstreamConnection connection;
  private volatile boolean answered;
  private volatile boolean moved;
  private @Nullable ConcurrencyLimit place;
  private @Nullable Endpoint asked;

  /**
   * A call that begins now.
   *
   * @param all the calls of the whole gateway, of which this is one
   */
  UpstreamCall(UpstreamRequest request, UpstreamCalls all) {
    this.watch = request.client().watch();
    this.webSocket = request.webSocket();
    this.all = all;
    this.observation = request.observation();
    this.whole = request.limits().whole();
    watch.whenGone(() -> cut(State.CLIENT_GONE));
  }

  /** Whose WebSocket it is, if it is to become one. */
  Optional<WebSocketOwner> webSocket() {
    return webSocket;
  }

  boolean clientGone() {
    return state.get() == State.CLIENT_GONE;
  }

  boolean tookTooLong() {
    return state.get() == State.TOO_LONG;
  }

  /** Whether it was given up because the gateway stops. */
  boolean givenUp() {
    return state.get() == State.GATEWAY_STOPS;
  }

  /** Whether nobody cut it. */
  boolean open() {
    return state.get() == State.OPEN;
  }

  /** From now on what goes wrong goes wrong with this upstream. */
  void asks(Endpoint upstream) {
    asked = upstream;
    observation.calls(upstream.name());
  }

  /** Says for the log which upstream was called last, if it came to that. */
  Refusal about(Refusal refusal) {
    return asked == null ? refusal : refusal.at(asked.toString());
  }

  /** From now on the call has a place, which it leaves when it ends. */
  void holds(ConcurrencyLimit newPlace) {
    place = newPlace;
  }

  /** Leaves the place, to try another upstream. */
  void leavePlace() {
    ConcurrencyLimit left = place;
    place = null;
    if (left != null) {
      left.leave();
    }
  }

  /** From now on the call uses this connection. */
  void uses(UpstreamConnection newConnection) {
    connection = newConnection;
    if (!open()) {
      newConnection.abort();
    }
  }

  /** What the call waits for from now on. */
  void awaits(UpstreamWait newWait) {
    wait = newWait;
  }

  /** Ends the call if its upstream has taken too long, and looks whether its client stays. */
  void look(long nowNanos) {
    watch.look(nowNanos);
    boolean lastsTooLong = whole.isPresent() && nowNanos - beganNanos >= whole.get().toNanos();
    if (lastsTooLong || wait.isTooLong(nowNanos)) {
      cut(State.TOO_LONG);
    }
  }

  /** The final head of the answer has come. */
  void answered() {
    answered = true;
    observation.answered();
  }

  /**
   * The call is over. To be called once.
   *
   * @return whether nobody cut it, so that its connection may be kept
   */
  boolean end() {
    boolean uncut = state.compareAndSet(State.OPEN, State.ENDED);
    watch.close();
    leavePlace();
    all.ended(this);
    return uncut;
  }

  /** A byte came, in either direction. */
  void moved() {
    if (!moved) {
      moved = true;
    }
  }

  /** Whether a byte came since this was asked last. */
  boolean movedSince() {
    boolean since = moved;
    moved = false;
    return since;
  }

  /** One end of a tunnel is gone. */
  void leave() {
    cut(State.CLIENT_GONE);
  }

  /** Whose call it was may not go on with it. */
  void cut() {
    cut(State.SESSION_ENDED);
  }

  /** The gateway stops, and waits no longer for an answer. */
  void giveUpUnanswered() {
    if (!answered) {
      cut(State.GATEWAY_STOPS);
    }
  }

  private void cut(State why) {
    if (state.compareAndSet(State.OPEN, why)) {
      UpstreamConnection used = connection;
      if (used != null) {
        used.abort();
      }
    }
  }
}
