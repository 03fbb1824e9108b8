package dev.kinto.gateway.grid;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;

/**
 * Asks all nodes of the grid something that each answers of the entries that it is the first owner
 * of. A question travels as eight bytes of its number, eight of {@link OwnedPartitions#ownership},
 * and what is asked; an answer as the number, one byte whether it could be answered, and the
 * answer. They never change (contract C37b).
 */
final class AllNodes {
  private static final String QUESTION = "kinto.entries.question";
  private static final String ANSWER = "kinto.entries.answer";
  private static final CompletableFuture<Optional<byte[]>> UNKNOWN =
      CompletableFuture.completedFuture(Optional.empty());
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Ignite ignite;
  private final OwnedPartitions partitions;
  private final EntryOperations operations;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Expected, CompletableFuture<Optional<byte[]>>> expected =
      new ConcurrentHashMap<>();

  /** An answer that a node owes. */
  private record Expected(UUID node, long number) {}

  AllNodes(Ignite ignite, OwnedPartitions partitions, EntryOperations operations) {
    this.ignite = ignite;
    this.partitions = partitions;
    this.operations = operations;
    ignite.message().localListen(QUESTION, this::answer);
    ignite.message().localListen(ANSWER, this::take);
  }

  /** As {@link GridNode#askAll} says. */
  Optional<List<byte[]>> ask(byte[] question) {
    long ownership = partitions.ownership();
    Collection<ClusterNode> others = ignite.cluster().forServers().forRemotes().nodes();
    long number = numbers.incrementAndGet();
    byte[] message =
        ByteBuffer.allocate(2 * Long.BYTES + question.length)
            .putLong(number)
            .putLong(ownership)
            .put(question)
            .array();
    List<Expected> asked = others.stream().map(each -> new Expected(each.id(), number)).toList();
    asked.forEach(each -> expected.put(each, new CompletableFuture<>()));
    CompletableFuture<Optional<byte[]>> here = new CompletableFuture<>();
    try {
      others.forEach(each -> send(each, QUESTION, message));
      own(ownership, question, here::complete);
      List<CompletableFuture<Optional<byte[]>>> all = new ArrayList<>(List.of(here));
      asked.forEach(each -> all.add(expected.getOrDefault(each, UNKNOWN)));
      List<byte[]> answers = new ArrayList<>();
      for (CompletableFuture<Optional<byte[]>> each : all) {
        Optional<byte[]> answer = await(each);
        if (answer.isEmpty()) {
          return Optional.empty();
        }
        answers.add(answer.get());
      }
      return partitions.ownership() == ownership ? Optional.of(answers) : Optional.empty();
    } finally {
      asked.forEach(expected::remove);
    }
  }

  private static Optional<byte[]> await(CompletableFuture<Optional<byte[]>> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /**
   * What this node knows; empty if it sees other owners, or has not read all of its own yet, when
   * it is asked or when it answers: what it lost or gained between the two it may have overlooked.
   */
  private void own(long ownership, byte[] question, Consumer<Optional<byte[]>> answer) {
    if (knowsAll(ownership)) {
      operations.asked(
          question,
          known -> answer.accept(knowsAll(ownership) ? Optional.of(known) : Optional.empty()));
    } else {
      answer.accept(Optional.empty());
    }
  }

  private boolean knowsAll(long ownership) {
    return partitions.isComplete() && partitions.ownership() == ownership;
  }

  private boolean answer(UUID from, Object message) {
    ClusterNode asking = ignite.cluster().node(from);
    if (asking != null && message instanceof byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      long number = in.getLong();
      long ownership = in.getLong();
      byte[] question = new byte[in.remaining()];
      in.get(question);
      own(ownership, question, known -> send(asking, ANSWER, answer(number, known)));
    }
    return true; // listens on
  }

  private static byte[] answer(long number, Optional<byte[]> known) {
    byte[] content = known.orElse(new byte[0]);
    return ByteBuffer.allocate(Long.BYTES + 1 + content.length)
        .putLong(number)
        .put((byte) (known.isPresent() ? 1 : 0))
        .put(content)
        .array();
  }

  private boolean take(UUID from, Object message) {
    if (message instanceof byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      CompletableFuture<Optional<byte[]>> waiting = expected.get(new Expected(from, in.getLong()));
      boolean known = in.get() == 1;
      byte[] content = new byte[in.remaining()];
      in.get(content);
      if (waiting != null) {
        waiting.complete(known ? Optional.of(content) : Optional.empty());
      }
    }
    return true; // listens on
  }

  /** In a thread of its own: a node that is cut off may hold the sender for seconds. */
  private void send(ClusterNode to, String topic, byte[] message) {
    Thread.startVirtualThread(
        () -> {
          try {
            ignite.message(ignite.cluster().forNode(to)).send(topic, message);
          } catch (IgniteException | IllegalStateException e) {
            // It is gone, or this node is: then there are other owners.
          }
        });
  }
}
