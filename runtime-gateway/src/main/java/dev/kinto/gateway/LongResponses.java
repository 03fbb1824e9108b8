package dev.kinto.gateway;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.schedule.PeriodicTask;
import dev.kinto.gateway.session.Session;
import dev.kinto.gateway.session.Sessions;
import dev.kinto.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers that go on long after their request. While bytes flow they keep their session alive
 * (contract C24). Those that have no end of their own, event streams and WebSockets, end with their
 * session, and when the gateway stops.
 *
 * <p>One thread looks at all of them every second, which costs a read from the grid for each. A
 * short answer costs nothing.
 */
final class LongResponses implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LongResponses.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Set<LongResponse> open = ConcurrentHashMap.newKeySet();
  private final PeriodicTask looks;
  private volatile boolean closed;

  LongResponses() {
    this.looks =
        PeriodicTask.every(LOOK, "kinto-long-answers", () -> open.forEach(LongResponse::look));
  }

  /**
   * Looks after an answer until what is returned is closed.
   *
   * @param sessions know whether the session lives
   * @throws Refusal draining if it is a WebSocket that would end at once
   */
  Watch watch(Sessions sessions, Session session, UpstreamResponse answer) {
    if (!answer.body().mayLast()) {
      return Watch.NONE;
    }
    if (closed && isWebSocket(answer)) {
      throw new Refusal(
          ProblemCode.DRAINING, "The gateway stops, and opens no WebSocket any more.");
    }
    LongResponse entry = new LongResponse(sessions, session, answer, isEndless(answer));
    open.add(entry);
    if (closed) {
      entry.endWithTheGateway();
    }
    return entry;
  }

  /** An answer is looked after until this is closed. */
  interface Watch extends AutoCloseable {
    /** Of an answer that needs none. */
    Watch NONE = () -> {};

    @Override
    void close();
  }

  private static boolean isWebSocket(UpstreamResponse answer) {
    return answer.status() == 101;
  }

  private static boolean isEndless(UpstreamResponse answer) {
    return isWebSocket(answer)
        || answer.headers().stream()
            .anyMatch(
                line ->
                    line.lowerCaseName().equals("content-type")
                        && line.value().toLowerCase(Locale.ROOT).startsWith("text/event-stream"));
  }

  /** Ends what has no end of its own; what has one may come to it. */
  @Override
  public void close() {
    closed = true;
    looks.close();
    open.forEach(LongResponse::endWithTheGateway);
  }

  private final class LongResponse implements Watch {
    private final Sessions sessions;
    private final Session session;
    private final UpstreamResponse answer;
    private final boolean endless;

    LongResponse(Sessions sessions, Session session, UpstreamResponse answer, boolean endless) {
      this.sessions = sessions;
      this.session = session;
      this.answer = answer;
      this.endless = endless;
    }

    private void look() {
      if (session == Session.NONE) {
        return;
      }
      try {
        if (!sessions.lives(session, answer.body().movedSinceLook()) && endless) {
          answer.body().cut();
        }
      } catch (Refusal e) {
        // The grid cannot be asked: what was allowed goes on until it can.
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "A session could not be looked at", e);
      }
    }

    private void endWithTheGateway() {
      if (endless) {
        answer.body().cut();
      }
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }
}
