package dev.kinto.gateway.grid;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is done to entries where they live. A node is given it at its start. Safe for use by any
 * number of threads.
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

  /**
   * A node begins, and with it what {@link #changed} tells: nothing that was told before counts.
   */
  default void begins() {}

  /**
   * Hears of every change of an entry that this node is the first owner of, whoever made it.
   *
   * @param before what was stored; null if nothing was
   * @param after what is stored now; null if it was removed or swept up
   */
  void changed(UUID key, byte @Nullable [] before, byte @Nullable [] after);
}
