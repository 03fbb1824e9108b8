package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.GridNode;
import dev.kinto.gateway.session.CountQuestion.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What clients may still add to the grid (contract C22): the claims of one client are all judged on
 * the node that is the first owner of {@link AllowanceOperation#place} of it, so that gateways
 * cannot overlook one another. Safe for use by any number of threads.
 */
final class Allowances {
  /** How often it is looked again while sessions are being stored. */
  private static final int MOST_LOOKS = 5;

  private final Census census;
  private volatile @Nullable GridNode node;
  private final Map<String, Allowance> byClient = new ConcurrentHashMap<>();

  Allowances(Census census) {
    this.census = census;
  }

  /** A node begins; what the one before judged is forgotten. */
  void begins(GridNode current) {
    node = current;
    byClient.clear();
  }

  /** Grants a claim, as {@link Allowance#claim} says. */
  Outcome claim(String clientId, Claim claim, SessionBudget budget) {
    GridNode current = node;
    if (current == null) {
      return Outcome.BUSY;
    }
    return byClient
        .computeIfAbsent(clientId, _ -> new Allowance(clientId, current))
        .claim(claim, budget, System.nanoTime());
  }

  /** A claim that was granted will never be stored. */
  void release(String clientId, Claim claim) {
    Allowance allowance = byClient.get(clientId);
    if (allowance != null) {
      allowance.release(claim);
    }
  }

  /** What this node knows of its own entries. */
  byte[] answer(CountQuestion question) {
    return counted(question).toBytes();
  }

  private Answer counted(CountQuestion question) {
    // First what is stored: one that is stored between the two looks is rather counted twice.
    Answer answer = look(question, stored(question.granted()));
    for (int looks = 1; looks < MOST_LOOKS; looks++) {
      List<Integer> since = stored(question.granted());
      if (since.equals(answer.stored())) {
        break;
      }
      answer = look(question, since);
    }
    return answer;
  }

  private Answer look(CountQuestion question, List<Integer> stored) {
    return new Answer(census.client(question.clientId(), question.oldest()), stored);
  }

  private List<Integer> stored(List<Claim> granted) {
    return IntStream.range(0, granted.size())
        .filter(place -> isStored(granted.get(place)))
        .boxed()
        .toList();
  }

  private boolean isStored(Claim claim) {
    GridNode current = node;
    Optional<byte[]> entry = current == null ? Optional.empty() : current.peek(claim.key());
    return entry
        .flatMap(EntryFormat::ifKnown)
        .filter(session -> claim.begins() ? isCounted(claim, session) : isStored(claim, session))
        .isPresent();
  }

  /** The entry may be there a moment before the census hears of it. */
  private boolean isCounted(Claim claim, SessionEntry session) {
    return session.used()
        || session.isEnded()
        || census.hasUnused(session.clientId(), session.createdAt(), claim.key());
  }

  private static boolean isStored(Claim claim, SessionEntry session) {
    return session.isEnded() || session.recentWrites().contain(claim.writeId());
  }
}
