package dev.kinto.gateway.forward;

import dev.kinto.gateway.route.Match;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts the session fields that microservices set without declaring them (contract C32). Each is
 * logged with its route when it is seen first, and then at most once a minute with how often it
 * came since: a microservice that does so, does so with every answer. Safe for use by any number of
 * threads.
 */
public final class UndeclaredWrites {
  private static final System.Logger LOG = System.getLogger(UndeclaredWrites.class.getName());
  private static final long BETWEEN_LINES_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Names come from microservices, and may be made up anew with every answer. */
  private static final int MOST_KINDS = 10_000;

  private final Map<Kind, Count> counts = new ConcurrentHashMap<>();

  /** What is counted apart. */
  private record Kind(String environment, String route, String field) {}

  /** Counts what one answer set. */
  public void add(Interception answer, Match match, CallContext context) {
    for (String field : answer.undeclared()) {
      context.observation().undeclared(field);
      Kind kind = new Kind(context.environment().name(), match.signature(), field);
      Count count =
          counts.size() < MOST_KINDS
              ? counts.computeIfAbsent(kind, _ -> new Count())
              : counts.getOrDefault(kind, new Count());
      count.add(kind, context.requestId());
    }
  }

  /** How often one field came, in all and since it was logged last. */
  private static final class Count {
    private long all;
    private long logged;
    private long loggedAtNanos;

    synchronized void add(Kind kind, String requestId) {
      all++;
      long now = System.nanoTime();
      if (logged == 0 || now - loggedAtNanos >= BETWEEN_LINES_NANOS) {
        LOG.log(
            Level.WARNING,
            "Environment {0}: {1} set the session field {2} without declaring it, and it was"
                + " dropped; {3} time(s) since the last such line, {4} in all. Request {5}",
            kind.environment(),
            kind.route(),
            kind.field(),
            all - logged,
            all,
            requestId);
        logged = all;
        loggedAtNanos = now;
      }
    }
  }
}
