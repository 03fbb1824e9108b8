package dev.kinto.gateway.session;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionSearch.Answer;
import dev.kinto.gateway.session.SessionSearch.Found;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

/**
 * The sessions of the whole grid, for operators: found, looked at and ended without their tokens
 * (contract C44). Safe for use by any number of threads.
 *
 * <p>Every method throws a {@link Refusal} with {@code grid-unavailable} if the grid cannot answer.
 */
public final class StoredSessions {
  /** How long a list is gathered; what is not searched by then comes with the next one. */
  private static final Duration GATHERING = Duration.ofSeconds(5);

  /** What a list holds of names and values at most, but for the last few sessions. */
  private static final long MOST_CHARACTERS = 4L << 20;

  /** How many are looked at before that is counted anew. */
  private static final int STEP = 50;

  /** How long it is waited for an answer of all nodes. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  /** How many are ended after each search. */
  private static final int AT_ONCE = 500;

  /** Nothing is stored that could be swept up. */
  private static final Duration NOTHING_STORED = Duration.ofMinutes(1);

  private final SessionGrid grid;
  private final InstantSource clock;
  private final BiPredicate<String, String> known;
  private final SecureRandom writeIds = new SecureRandom();

  /**
   * Sessions in a grid.
   *
   * @param known whether a client id is still configured for an environment; sessions of others
   *     have ended (contract C25)
   */
  public StoredSessions(SessionGrid grid, InstantSource clock, BiPredicate<String, String> known) {
    this.grid = grid;
    this.clock = clock;
    this.known = known;
  }

  /** The session of this id; empty if there is none that lives. */
  public Optional<StoredSession> find(UUID id) {
    long now = clock.millis();
    return grid.find(id)
        .filter(entry -> entry.alive(now) && known.test(entry.clientId(), entry.environment()))
        .map(entry -> StoredSession.of(id, entry));
  }

  /**
   * Some sessions of those that were asked for.
   *
   * @param sessions in an order that stays the same
   * @param next what to give as {@code after} for more; empty: these were the last ones
   */
  public record Page(List<StoredSession> sessions, Optional<String> next) {}

  /**
   * The first sessions of those that are asked for: fewer if they are large, for all of them are in
   * memory, or if they are not found soon.
   *
   * @param limit how many at most
   * @param after behind which to begin: the {@code next} of the page before
   * @throws IllegalArgumentException if {@code after} is no such place
   */
  public Page search(SessionQuery query, int limit, Optional<String> after) {
    long giveUp = System.nanoTime() + GATHERING.toNanos();
    List<StoredSession> sessions = new ArrayList<>();
    Optional<SearchPlace> place =
        Optional.of(after.map(SearchPlace::parse).orElse(SearchPlace.START));
    long characters = 0;
    while (place.isPresent()
        && sessions.size() < limit
        && characters < MOST_CHARACTERS
        && System.nanoTime() - giveUp < 0) {
      Answer answer = look(query, place.get(), Math.min(STEP, limit - sessions.size()));
      for (Found each : answer.found()) {
        Optional<StoredSession> session = find(each.key());
        session.ifPresent(sessions::add);
        characters += session.map(StoredSession::characters).orElse(0L);
      }
      place = answer.next();
    }
    return new Page(List.copyOf(sessions), place.map(SearchPlace::toString));
  }

  private Answer look(SessionQuery query, SearchPlace after, int limit) {
    SessionSearch search =
        new SessionSearch(
            query.environment(),
            query.clientId(),
            query.fieldValue(),
            after,
            limit,
            clock.millis());
    Answer answer = ask(new Look(UUID.randomUUID(), search));
    if (!answer.indexed()) {
      throw new Refusal(
          ProblemCode.GRID_UNAVAILABLE,
          "A node of the grid does not index this field. Let \"admin.index\" of all gateways and"
              + " data nodes have it.");
    }
    return answer;
  }

  private Answer ask(Look look) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      byte[] reply = grid.ask(look.id(), look, NOTHING_STORED);
      Outcome outcome = Outcome.of(reply[0]);
      if (outcome == Outcome.DONE) {
        return Answer.read(Arrays.copyOfRange(reply, 1, reply.length))
            .orElseThrow(() -> unavailable(SessionGrid.OTHER_VERSION));
      }
      if (outcome != Outcome.BUSY) {
        throw unavailable(SessionGrid.OTHER_VERSION);
      }
      if (System.nanoTime() - giveUp > 0) {
        throw unavailable("Not all nodes of the grid can tell of their sessions at the moment.");
      }
      await(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }
  }

  private static Refusal unavailable(String detail) {
    return new Refusal(ProblemCode.GRID_UNAVAILABLE, detail);
  }

  private static void await(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(ProblemCode.GRID_UNAVAILABLE, "The gateway is stopping.", e);
    }
  }

  /** Ends a session; whether it lived. */
  public boolean end(UUID id) {
    return find(id).isPresent() && end(id, Optional.empty());
  }

  private boolean end(UUID id, Optional<FieldValue> value) {
    long now = clock.millis();
    Revoke revoke = new Revoke(Math.max(1, writeIds.nextLong() & 0xffff_ffff_ffffL), value, now);
    return switch (grid.run(id, revoke, SessionGrid.ENDED_KNOWN_FOR)) {
      case DONE -> true;
      case ENDED -> false;
      case UNREADABLE -> throw unavailable(SessionGrid.NEWER);
      default -> throw unavailable(SessionGrid.OTHER_VERSION);
    };
  }

  /**
   * Ends all sessions that are asked for, on every node. However many they are, requests go on
   * beside it: call it on a thread of its own.
   *
   * @param ended takes how many have ended so far, also if it does not come to its end
   */
  public void endAll(SessionQuery query, AtomicLong ended) {
    Optional<SearchPlace> place = Optional.of(SearchPlace.START);
    while (place.isPresent()) {
      Answer answer = look(query, place.get(), AT_ONCE);
      for (Found each : answer.found()) {
        if (end(each.key(), query.fieldValue())) {
          ended.incrementAndGet();
        }
      }
      place = answer.next();
    }
  }
}
