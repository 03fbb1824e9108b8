package dev.kinto.gateway.session;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Lets sessions begin and grow within what their client may have in the whole grid (contract C22):
 * what is to come is reserved before it is stored, by {@link Reserve}. Safe for use by any number
 * of threads.
 */
final class Admission {
  private static final System.Logger LOG = System.getLogger(Admission.class.getName());

  /** How long it is waited for nodes that come or go, and for sessions that end for others. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Nothing is stored that could be swept up. */
  private static final Duration NOTHING_STORED = Duration.ofMinutes(1);

  private final SessionGrid grid;
  private final InstantSource clock;

  Admission(SessionGrid grid, InstantSource clock) {
    this.grid = grid;
    this.clock = clock;
  }

  /**
   * Begins a session. The client's oldest that never got a field ends for it, if the client has as
   * many as it may have.
   *
   * @throws Refusal rate-limited or grid-unavailable
   */
  Outcome begin(Token token, SessionEntry entry, SessionBudget budget) {
    if (grid.memory().isFull()) {
      return Outcome.NO_ROOM; // and none ends for it
    }
    Claim claim = new Claim(token.gridKey(), 0, EntryFormat.write(entry).length);
    if (reserve(entry.clientId(), claim, budget) == Outcome.AT_ITS_CAP) {
      throw new Refusal.RateLimited(
          "This client has as many sessions as it may have. Try again when some have ended.",
          RETRY);
    }
    Outcome outcome = grid.run(token.gridKey(), new Create(entry), entry.timeLeft(clock.millis()));
    if (outcome != Outcome.DONE) {
      release(entry.clientId(), claim);
    }
    return outcome;
  }

  /**
   * Changes a session of a client whose sessions may take so many bytes: reserves by how many it
   * grows.
   *
   * @throws Refusal grid-unavailable, also if the client has what it may have
   */
  Outcome grow(Session session, ApplyChange change, SessionBudget budget) {
    Outcome outcome = growBy(change.growthOf(session.entry()), session, change, budget);
    // Others have changed it meanwhile, so that it grows by more than it seemed.
    return outcome == Outcome.GREW_MORE
        ? growBy(change.change().greatestGrowth(), session, change, budget)
        : outcome;
  }

  private Outcome growBy(int bytes, Session session, ApplyChange change, SessionBudget budget) {
    Claim claim = new Claim(session.id(), change.writeId(), bytes);
    if (bytes > 0 && reserve(session.clientId(), claim, budget) == Outcome.AT_ITS_CAP) {
      throw new Refusal(
          ProblemCode.GRID_UNAVAILABLE,
          "The sessions of this client take as much memory as they may. Try again when some have"
              + " ended.");
    }
    Outcome outcome = grid.run(session, change.growingBy(bytes));
    if (bytes > 0 && outcome != Outcome.DONE) {
      release(session.clientId(), claim);
    }
    return outcome;
  }

  private Outcome reserve(String clientId, Claim claim, SessionBudget budget) {
    Reserve reserve = new Reserve(clientId, claim, budget);
    long began = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    Outcome outcome = grid.run(reserve.place(), reserve, NOTHING_STORED);
    while (outcome == Outcome.BUSY && System.nanoTime() - began < PATIENCE.toNanos()) {
      await(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
      outcome = grid.run(reserve.place(), reserve, NOTHING_STORED);
    }
    return switch (outcome) {
      case DONE, AT_ITS_CAP -> outcome;
      case BUSY ->
          throw new Refusal(
              ProblemCode.GRID_UNAVAILABLE,
              "It is not known at the moment how many sessions this client has.");
      default -> throw new Refusal(ProblemCode.GRID_UNAVAILABLE, SessionGrid.OTHER_VERSION);
    };
  }

  private static void await(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(ProblemCode.GRID_UNAVAILABLE, "The gateway is stopping.", e);
    }
  }

  /** If nobody hears of it, it is forgotten after some seconds. */
  private void release(String clientId, Claim claim) {
    Release release = new Release(clientId, claim);
    try {
      grid.run(release.place(), release, NOTHING_STORED);
    } catch (Refusal e) {
      LOG.log(Level.DEBUG, "What was reserved for a client could not be given back", e);
    }
  }
}
