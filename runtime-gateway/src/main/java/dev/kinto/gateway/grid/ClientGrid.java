package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.Reply.Status;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.schedule.PeriodicTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.ignite.client.ClientException;
import org.jspecify.annotations.Nullable;

/**
 * A grid of other processes, whose data nodes are asked by Ignite's thin client (contract C37). See
 * docs/decisions/0009-thin-client.md for what holds when nodes fail or are cut off.
 *
 * <p>The node that keeps an entry answers only while it belongs to a majority, by its own {@link
 * Lease}. Answers that come late count for nothing, and a write counts only if the same node, asked
 * once more, has seen no node come or go since: else all is done again, by another data node.
 */
final class ClientGrid implements Grid {
  /** How long something is done again at most, as in {@link ClusterGrid}. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  /** How long after the last good answer another one is waited for; then all is refused at once. */
  private static final Duration SILENCE = Duration.ofMillis(2500);

  /** How long the start waits for a first answer, and then goes on without. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LOOK = Duration.ofMillis(500);

  /** How long what a node said of its memory is believed. */
  private static final Duration MEMORY_OF_A_NODE = Duration.ofSeconds(15);

  /** A question that writes nothing needs none, and Ignite wants one. */
  private static final Duration NO_SWEEP = Duration.ofHours(1);

  private final DataNodes nodes;
  private final PeriodicTask looks;
  private final Map<Long, Seen> memories = new ConcurrentHashMap<>();
  private volatile long lastAnswer = System.nanoTime() - SILENCE.toNanos();

  /**
   * What a node said of its memory.
   *
   * @param when by {@link System#nanoTime}
   */
  private record Seen(GridMemory memory, long when) {}

  private ClientGrid(GridSettings.Client settings) {
    this.nodes = DataNodes.of(settings);
    this.looks = PeriodicTask.every(LOOK, "kinto-grid-look", this::look);
  }

  /** Connects; whoever is not there yet is tried again and again. */
  static ClientGrid start(GridSettings.Client settings) {
    ClientGrid grid = new ClientGrid(settings);
    long end = System.nanoTime() + FIRST_ANSWER.toNanos();
    while (!grid.isAvailable() && System.nanoTime() - end < 0 && pause()) {
      grid.look();
    }
    return grid;
  }

  @Override
  public Optional<byte[]> get(UUID key) {
    return answer(node -> promptly(node, key, Question.read(), NO_SWEEP)).stored();
  }

  @Override
  public byte[] run(UUID key, byte[] operation, Duration longestTimeLeft) {
    byte[] question = Question.run(operation);
    return answer(node -> confirmed(node, key, question, longestTimeLeft)).outcome();
  }

  /** Tries until there is an answer that counts. */
  private Reply answer(Function<DataNodeConnection, Optional<Reply>> attempt) {
    long began = System.nanoTime();
    @Nullable ClientException failure = null;
    while (true) {
      Optional<DataNodeConnection> node = nodes.next();
      try {
        Optional<Reply> reply = node.flatMap(attempt);
        if (reply.isPresent()) {
          return reply.get();
        }
      } catch (ClientException e) {
        failure = e;
      }
      if (!isAvailable() || isOver(began, PATIENCE) || !pause()) {
        throw refusal(failure);
      }
    }
  }

  private Optional<Reply> confirmed(
      DataNodeConnection node, UUID key, byte[] question, Duration longestTimeLeft) {
    return promptly(node, key, question, longestTimeLeft)
        .filter(
            reply ->
                promptly(node, key, Question.state(), NO_SWEEP)
                    .filter(reply::isOfSameTopology)
                    .isPresent());
  }

  /** Asks once; empty if the answer counts for nothing. */
  private Optional<Reply> promptly(
      DataNodeConnection node, UUID key, byte[] question, Duration longestTimeLeft) {
    long began = System.nanoTime();
    Reply reply = node.ask(key, question, longestTimeLeft);
    if (isOver(began, DataNodeConnection.LONGEST_ANSWER) || reply.status() == Status.NO_MAJORITY) {
      return Optional.empty();
    }
    lastAnswer = began;
    memories.put(reply.node(), new Seen(reply.memory(), began));
    return Optional.of(reply);
  }

  private static boolean isOver(long began, Duration time) {
    return System.nanoTime() - began > time.toNanos();
  }

  /** Whether to go on. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Refusal refusal(@Nullable ClientException failure) {
    String text = "No data node of the grid that belongs to a majority answers at the moment.";
    return failure == null
        ? new Refusal(ProblemCode.GRID_UNAVAILABLE, text)
        : new Refusal(ProblemCode.GRID_UNAVAILABLE, text, failure);
  }

  /** Asks whichever node keeps what would have a random key. */
  private void look() {
    try {
      nodes.next().ifPresent(node -> promptly(node, UUID.randomUUID(), Question.state(), NO_SWEEP));
    } catch (ClientException e) {
      // It is tried again, and after a while the grid is not available.
    }
  }

  @Override
  public void removeIf(Predicate<byte[]> such) {
    try {
      nodes.next().orElseThrow(() -> refusal(null)).removeIf(such);
    } catch (ClientException e) {
      throw refusal(e);
    }
  }

  /** That of the least full node: where one has no room, sessions begin on the others. */
  @Override
  public GridMemory memory() {
    memories.values().removeIf(seen -> isOver(seen.when(), MEMORY_OF_A_NODE));
    return memories.values().stream()
        .map(Seen::memory)
        .min(GridMemory::compareTo)
        .orElse(GridMemory.ROOMY);
  }

  @Override
  public List<GridMember> nodes() {
    return nodes.connected();
  }

  @Override
  public boolean isAvailable() {
    return !isOver(lastAnswer, SILENCE);
  }

  @Override
  public void close() {
    looks.close();
    nodes.close();
  }
}
