package dev.kinto.gateway.grid;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is done to entries where they live, and what a node knows of those that it is the first
 * owner of. A node is given it at its start. Safe for use by any number of threads.
 *
 * <p>Entries belong to partitions. While a node is the first owner of one, it hears of all of its
 * entries: of what is {@link #found} there, and of what has {@link #changed} since it was {@link
 * #gained}.
 */
public interface EntryOperations {
  /**
   * By what this process is known to clients: its own first, then what else it believes. Two
   * processes can share a grid only if each believes the other's own.
   *
   * @return names, which tell nothing of what they name; empty if no clients come here
   */
  default List<String> credentials() {
    return List.of();
  }

  /**
   * Does an operation. A grid may carry one out twice, when nobody heard of its success; bytes that
   * only a newer version of the gateway understands change nothing (contract C37a, C37b).
   *
   * @return the outcome, for whoever asked
   */
  byte[] run(byte[] operation, GridEntry entry);

  /**
   * When what is stored is over, unless somebody writes it again; what was stored before was over
   * sooner.
   *
   * @return milliseconds since the epoch
   */
  long endsAt(byte[] stored);

  /** A node begins: nothing that was told of another one before counts. */
  default void begins(GridNode node) {}

  /**
   * Answers what a node of the grid asks all of them: see {@link GridNode#askAll}.
   *
   * @param answer takes the answer, at once or later, on any thread
   */
  default void asked(byte[] question, Consumer<byte[]> answer) {
    answer.accept(new byte[0]);
  }

  /** The node is the first owner of a partition from now on. */
  default void gained(int partition) {}

  /**
   * An entry was found in a partition that was {@link #gained} not long ago. It may have changed
   * before or since, which is told by {@link #changed}.
   */
  default void found(int partition, UUID key, byte[] value) {}

  /** What was in the partition when it was gained has been found, and was told of, long since. */
  default void settled(int partition) {}

  /** The node is the first owner no more: it hears nothing more of the partition. */
  default void lost(int partition) {}

  /**
   * An entry changed, whoever made it.
   *
   * @param before what was stored; null if nothing was
   * @param after what is stored now; null if it was removed or swept up
   */
  default void changed(
      int partition, UUID key, byte @Nullable [] before, byte @Nullable [] after) {}
}
