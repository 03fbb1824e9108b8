package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.UpstreamLimits;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one request to get an answer: at another upstream while no connection was made,
 * and once more on a new connection where that does no harm (contract C34). Used by one thread.
 */
final class RetryingCall {
  private final UpstreamRequest request;
  private final UpstreamLimits limits;
  private final UpstreamCall call;
  private final LoadBalancer choice;

  RetryingCall(UpstreamRequest request, UpstreamCall call, List<Upstream> upstreams) {
    this.request = request;
    this.limits = request.limits();
    this.call = call;
    this.choice = new LoadBalancer(upstreams, upstream -> slots(upstream).taken());
  }

  /** The answer of the first upstream that has a place and can be connected to. */
  UpstreamResponse answer() throws IOException {
    ConnectFailedException failure = null;
    Upstream full = null;
    for (Upstream next = choice.next(); next != null; next = choice.next()) {
      if (!slots(next).tryEnter(mostAtATime())) {
        full = full == null ? next : full;
        continue;
      }
      try {
        return answerOf(next);
      } catch (ConnectFailedException e) {
        // Nothing was sent: the next one may be tried, whatever the method.
        call.leavePlace();
        failure = e;
      }
    }
    return waitingFor(full, failure);
  }

  private UpstreamResponse waitingFor(
      @Nullable Upstream full, @Nullable ConnectFailedException failure) throws IOException {
    if (full == null) {
      throw failure == null ? new IOException("there is no upstream") : failure;
    }
    if (!slots(full).enter(mostAtATime(), limits.queue(), limits.queueTime())) {
      throw new Refusal(
          ProblemCode.UPSTREAM_BUSY, "The microservice is busy. Try again in a moment.");
    }
    return answerOf(full);
  }

  /** The answer of an upstream where the request has a place. */
  private UpstreamResponse answerOf(Upstream upstream) throws IOException {
    call.holds(slots(upstream));
    call.asks(upstream.endpoint());
    // A connection that may become a tunnel is not taken from those that calls share.
    UpstreamConnection connection =
        request.upgrade() ? upstream.open(request.service()) : upstream.take(request.service());
    try {
      return new UpstreamExchange(connection, request, call).answer();
    } catch (IOException e) {
      if (!mayRepeat(connection, e)) {
        throw e;
      }
      return new UpstreamExchange(upstream.open(request.service()), request, call).answer();
    }
  }

  /** Tunnels last, and mostly wait: they take no places from the others. */
  private ConcurrencyLimit slots(Upstream upstream) {
    return request.upgrade() ? upstream.tunnels() : upstream.slots();
  }

  private int mostAtATime() {
    return request.upgrade() ? limits.maxWebSockets() : limits.maxConcurrent();
  }

  /**
   * Whether the upstream closed a kept connection at the moment in which it was taken, and a second
   * request does no harm (RFC 9110, section 9.2.2). It shows as an end, a reset or a failed write.
   */
  private boolean mayRepeat(UpstreamConnection connection, IOException failure) {
    return connection.reused()
        && request.repeatable()
        && call.open()
        && !connection.input().answered()
        && !(failure instanceof InterruptedIOException)
        && !(failure instanceof MalformedMessageException);
  }
}
