package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.GridNode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.CountQuestion.Answer;
import dev.kinto.gateway.session.SessionSummary.Unused;
import dev.kinto.gateway.socket.EventLoop;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one client may still add to the grid, as judged by the one node that judges it (contract
 * C22). Safe for use by any number of threads.
 *
 * <p>Nothing is added but what is granted here. So a count of all nodes together with what was
 * granted since is never too small; that sessions end, or get their first field, only makes it too
 * large. As long as even so the claims fit, nobody is asked. When one does not, all nodes are asked
 * again, and the oldest sessions that never got a field end for those that are to begin; meanwhile
 * whoever claims is told to come again.
 */
final class Allowance {
  private static final System.Logger LOG = System.getLogger(Allowance.class.getName());

  /** A claim that was granted is stored by then, or never. */
  static final long GRANTED_NANOS = 7_000_000_000L;

  /** Whoever waits asks far more often than this, or has gone. */
  static final long WAITING_NANOS = 1_000_000_000L;

  /** How many sessions end for others at a time. */
  private static final int AT_ONCE = 500;

  private final String clientId;
  private final GridNode node;
  private final Map<Claim, Long> granted = new LinkedHashMap<>();
  private final Map<Claim, Waiting> waiting = new LinkedHashMap<>();
  private Count count = Count.NOTHING;
  private long ownership = -1;

  /** The client has far more than it may, since a cap was lowered. */
  private boolean farBeyond;

  private boolean counting;
  private int countsBegun;
  private int countsTaken;

  /**
   * A claim that does not fit as far as is known.
   *
   * @param budget what it has to fit into
   * @param after the number of counts that must have been taken before it is refused
   * @param until when it is given up, by {@link System#nanoTime}
   */
  private record Waiting(SessionBudget budget, int after, long until) {}

  Allowance(String clientId, GridNode node) {
    this.clientId = clientId;
    this.node = node;
  }

  /**
   * Grants a claim, once.
   *
   * @return {@link Outcome#DONE}, {@link Outcome#BUSY} or {@link Outcome#AT_ITS_CAP}
   */
  synchronized Outcome claim(Claim claim, SessionBudget budget, long now) {
    giveUp(now);
    if (granted.containsKey(claim)) {
      return Outcome.DONE; // by an earlier try
    }
    boolean known = ownership == node.ownership();
    if (known && count.hasRoomFor(List.of(claim), budget) && leavesRoom(claim, budget)) {
      waiting.remove(claim);
      granted.put(claim, now + GRANTED_NANOS);
      count = count.with(claim);
      return Outcome.DONE;
    }
    Waiting before = waiting.get(claim);
    if (known && before != null && countsTaken >= before.after() && !othersMakeRoom(claim)) {
      waiting.remove(claim);
      return Outcome.AT_ITS_CAP;
    }
    int after = before == null ? countsBegun + 1 : before.after();
    waiting.put(claim, new Waiting(budget, after, now + WAITING_NANOS));
    if (!counting) {
      counting = true;
      EventLoop.startAside("kinto-count", this::countAnew);
    }
    return Outcome.BUSY;
  }

  /** One that has not waited yet takes no place of those that have. */
  private boolean leavesRoom(Claim claim, SessionBudget budget) {
    return waiting.isEmpty()
        || waiting.containsKey(claim)
        || count.with(claim).hasRoomFor(waiting.keySet(), budget);
  }

  private boolean othersMakeRoom(Claim claim) {
    return claim.begins() && count.unused() > 0;
  }

  /** A claim that was granted will never be stored. */
  synchronized void release(Claim claim) {
    if (granted.remove(claim) != null) {
      count = count.without(claim);
    }
  }

  private void giveUp(long now) {
    // The oldest are in front; there may be tens of thousands.
    Iterator<Long> until = granted.values().iterator();
    while (until.hasNext() && until.next() - now <= 0) {
      until.remove();
    }
    waiting.values().removeIf(each -> each.until() - now <= 0);
  }

  private void countAnew() {
    try {
      long asOf = node.ownership();
      CountQuestion question = question();
      Optional<List<Answer>> answers =
          node.askAll(question.toBytes()).flatMap(Allowance::understood);
      if (answers.isPresent()) {
        Count least = take(question, answers.get(), asOf);
        toEnd(least).forEach(this::end);
        isTaken();
      }
    } catch (Refusal e) {
      LOG.log(Level.DEBUG, "The sessions of a client cannot be counted yet", e);
    } finally {
      isOver();
    }
  }

  private synchronized CountQuestion question() {
    countsBegun++;
    int oldest = farBeyond ? AT_ONCE : Math.min(AT_ONCE, waiting.size());
    return new CountQuestion(clientId, oldest, List.copyOf(granted.keySet()));
  }

  private static Optional<List<Answer>> understood(List<byte[]> answers) {
    List<Answer> all = answers.stream().flatMap(each -> Answer.read(each).stream()).toList();
    return all.size() == answers.size() ? Optional.of(all) : Optional.empty();
  }

  /**
   * What all have, and what was granted but is not stored yet.
   *
   * @return what they have at least: what was granted while they were asked may be in what they
   *     count, or not
   */
  private synchronized Count take(CountQuestion question, List<Answer> answers, long asOf) {
    Set<Claim> asked = new HashSet<>(question.granted());
    answers.forEach(
        each -> each.stored().forEach(place -> granted.remove(question.granted().get(place))));
    Count least = Count.sum(answers.stream().map(Answer::count).toList(), question.oldest());
    least = least.with(granted.keySet().stream().filter(asked::contains).toList());
    count = least.with(granted.keySet().stream().filter(each -> !asked.contains(each)).toList());
    ownership = asOf;
    return least;
  }

  /** The oldest that never got a field, as many as make room for those that are to begin. */
  private synchronized List<Unused> toEnd(Count least) {
    List<Claim> toBegin = waiting.keySet().stream().filter(Claim::begins).toList();
    List<Unused> toEnd = new ArrayList<>();
    Count left = least;
    for (Unused each : least.oldest()) {
      if (toBegin.isEmpty() || left.hasRoomFor(toBegin, budget(toBegin))) {
        break;
      }
      toEnd.add(each);
      left = left.without(each);
    }
    farBeyond = !toBegin.isEmpty() && !left.hasRoomFor(toBegin, budget(toBegin));
    return toEnd;
  }

  private SessionBudget budget(List<Claim> claims) {
    Waiting last = waiting.get(claims.getLast());
    return last == null ? SessionBudget.DEFAULT : last.budget();
  }

  private void end(Unused session) {
    byte[] end = Operation.pack(new EndUnused());
    Outcome outcome = Outcome.of(node.run(session.key(), end, SessionGrid.ENDED_KNOWN_FOR)[0]);
    synchronized (this) {
      if (outcome == Outcome.DONE) {
        count = count.without(session);
      } else if (outcome == Outcome.USED_MEANWHILE) {
        count = count.withUsed(session);
      }
    }
  }

  private synchronized void isTaken() {
    countsTaken = countsBegun;
  }

  private synchronized void isOver() {
    counting = false;
  }
}
