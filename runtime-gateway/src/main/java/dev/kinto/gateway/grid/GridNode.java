package dev.kinto.gateway.grid;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The node of this process, for what {@link EntryOperations} do besides a single entry. Safe for
 * use by any number of threads.
 */
public interface GridNode {
  /** Longer than a change can be under way between memory and {@link EntryOperations#changed}. */
  Duration SETTLING = Duration.ofSeconds(5);

  /** A number that changes whenever entries may have other first owners. */
  long ownership();

  /**
   * Asks each node, this one too, about the entries that it is the first owner of: together those
   * are all there are, each once. Waits for a second at most.
   *
   * @return what {@link EntryOperations#asked} answered on each; empty if a node did not answer, or
   *     did not know all of its entries, or if entries got other first owners meanwhile
   */
  Optional<List<byte[]>> askAll(byte[] question);

  /**
   * Visits all entries of a partition.
   *
   * @return false if this node does not keep it, or is about to lose it: then not all were visited
   */
  boolean forEach(int partition, BiConsumer<UUID, byte[]> visitor);

  /** What is stored under a key that this node is the first owner of; else empty. */
  Optional<byte[]> peek(UUID key);

  /**
   * Runs an operation where the entry lives, as {@link Grid#run}, but as this node sees the grid at
   * the moment: nobody may be told that it is done.
   *
   * @throws dev.kinto.gateway.problem.Refusal grid-unavailable
   */
  byte[] run(UUID key, byte[] operation, Duration longestTimeLeft);
}
