package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.GridNode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionSearch.Answer;
import dev.kinto.gateway.session.SessionSearch.Found;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Searches for sessions (contract C44): of this node's own for whoever asks, and on all nodes for a
 * {@link Look} that came here. Both on threads of their own, which no request needs, and for a
 * moment only: what was not searched by then is asked for again. Safe for use by any number of
 * threads.
 */
final class Searches {
  private static final System.Logger LOG = System.getLogger(Searches.class.getName());

  /** How long one search goes on; others wait for its answer. */
  private static final Duration MOMENT = Duration.ofMillis(200);

  /** Whoever asked has asked again long before. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(10);

  private final FieldIndex index;
  private final ExecutorService own = threads("kinto-session-search");
  private final ExecutorService asking = threads("kinto-session-look");
  private final Map<UUID, Asked> asked = new ConcurrentHashMap<>();
  private volatile @Nullable GridNode node;

  /**
   * What all nodes are being asked.
   *
   * @param answer empty if it could not be answered
   * @param since by {@link System#nanoTime}
   */
  private record Asked(CompletableFuture<Optional<Answer>> answer, long since) {}

  Searches(FieldIndex index) {
    this.index = index;
  }

  /** Two threads, which end when nothing is to be done. */
  static ExecutorService threads(String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            2,
            2,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name, 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** A node begins; what was asked of the one before is forgotten. */
  void begins(GridNode current) {
    node = current;
    asked.clear();
  }

  /** The outcome of a look, and behind it, if it is done, what was found. */
  byte[] look(Look look) {
    GridNode current = node;
    if (current == null) {
      return Outcome.BUSY.toBytes();
    }
    long now = System.nanoTime();
    asked.values().removeIf(each -> now - each.since() > FORGOTTEN.toNanos());
    Asked one =
        asked.computeIfAbsent(
            look.id(),
            _ ->
                new Asked(
                    CompletableFuture.supplyAsync(() -> ask(current, look.search()), asking), now));
    Optional<Answer> answer = one.answer().getNow(Optional.empty());
    if (answer.isEmpty() && one.answer().isDone()) {
      asked.remove(look.id(), one); // it is asked anew
    }
    return answer
        .map(found -> new Packer().oneByte(Outcome.DONE.code()).raw(found.toBytes()).toBytes())
        .orElseGet(Outcome.BUSY::toBytes);
  }

  private static Optional<Answer> ask(GridNode node, SessionSearch search) {
    try {
      Optional<List<byte[]>> answers = node.askAll(search.toBytes());
      if (answers.isEmpty()) {
        return Optional.empty();
      }
      List<Answer> known =
          answers.get().stream().flatMap(each -> Answer.read(each).stream()).toList();
      return known.size() == answers.get().size()
          ? Optional.of(Answer.merged(known, search.limit()))
          : Optional.empty();
    } catch (Refusal | IllegalStateException e) {
      LOG.log(Level.DEBUG, "Sessions cannot be searched at the moment", e);
      return Optional.empty();
    }
  }

  /** Searches this node's own. */
  void answer(SessionSearch search, Consumer<byte[]> answer) {
    own.execute(
        () -> {
          try {
            answer.accept(ofOneNode(search).toBytes());
          } catch (Refusal | IllegalStateException e) {
            LOG.log(Level.DEBUG, "Sessions cannot be searched at the moment", e);
            answer.accept(new byte[0]);
          }
        });
  }

  private Answer ofOneNode(SessionSearch search) {
    GridNode current = node;
    if (current == null) {
      throw new IllegalStateException("There is no node.");
    }
    Answer found = find(current, search);
    if (!current.equals(node)) {
      throw new IllegalStateException("Another node has begun.");
    }
    return found;
  }

  private Answer find(GridNode current, SessionSearch search) {
    if (search.value().filter(each -> !index.has(each.field())).isPresent()) {
      return new Answer(false, List.of(), Optional.empty());
    }
    long end = System.nanoTime() + MOMENT.toNanos();
    List<Found> found = new ArrayList<>();
    for (int partition : index.partitionsFrom(search.after().partition())) {
      if (System.nanoTime() - end > 0) {
        SearchPlace reached =
            partition == search.after().partition()
                ? search.after()
                : new SearchPlace(partition, Optional.empty());
        return new Answer(true, found, Optional.of(reached));
      }
      Iterator<UUID> matching = matching(current, partition, search);
      while (matching.hasNext()) {
        if (found.size() == search.limit()) {
          return new Answer(true, found, Optional.of(found.getLast().place()));
        }
        found.add(new Found(partition, matching.next()));
      }
    }
    return new Answer(true, found, Optional.empty());
  }

  /** The keys of a partition that the index knows, or else all of them, as far as they match. */
  private Iterator<UUID> matching(GridNode current, int partition, SessionSearch search) {
    Optional<UUID> after = search.after().keyIn(partition);
    if (search.value().isPresent()) {
      return index.find(partition, search.value().get(), after).stream()
          .filter(key -> current.peek(key).filter(bytes -> matches(search, bytes)).isPresent())
          .iterator();
    }
    TreeSet<UUID> keys = new TreeSet<>();
    boolean all =
        current.forEach(
            partition,
            (key, bytes) -> {
              if (after.filter(last -> key.compareTo(last) <= 0).isEmpty()
                  && matches(search, bytes)) {
                keys.add(key);
              }
            });
    if (!all) {
      throw new IllegalStateException("A partition is about to have another first owner.");
    }
    return keys.iterator();
  }

  private static boolean matches(SessionSearch search, byte[] bytes) {
    return EntryFormat.ifKnown(bytes).filter(search::matches).isPresent();
  }
}
