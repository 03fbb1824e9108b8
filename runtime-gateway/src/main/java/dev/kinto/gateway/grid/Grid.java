package dev.kinto.gateway.grid;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Bytes under keys, kept by one or more processes. Safe for use by any number of threads.
 *
 * <p>Every method throws a {@link dev.kinto.gateway.problem.Refusal} with {@code grid-unavailable}
 * if the grid cannot answer.
 */
public interface Grid extends AutoCloseable {
  /**
   * Starts a grid, or joins one.
   *
   * @param directory where the node of this process may keep its own files
   * @param operations what is done to the entries of that node
   */
  static Grid start(GridSettings settings, Path directory, EntryOperations operations) {
    NodeSettings.prepareJvm();
    return switch (settings) {
      case GridSettings.Embedded embedded -> EmbeddedGrid.start(embedded, directory, operations);
      case GridSettings.Cluster cluster -> ClusterGrid.start(cluster, directory, operations);
      case GridSettings.Client client -> ClientGrid.start(client);
    };
  }

  /** The newest bytes that anybody was told are stored under a key. */
  Optional<byte[]> get(UUID key);

  /**
   * Runs an operation where the entry lives, alone with it.
   *
   * @param operation as {@link EntryOperations} understands it; done twice, it must change nothing
   *     more the second time
   * @param longestTimeLeft the entry is swept up after this time at last, if nothing is written
   * @return what {@link EntryOperations} answered
   */
  byte[] run(UUID key, byte[] operation, Duration longestTimeLeft);

  /** Removes all entries whose bytes are such. */
  void removeIf(Predicate<byte[]> such);

  /** How full the memory is. */
  GridMemory memory();

  /** The nodes that keep entries, as far as this process sees, sorted by address. */
  List<GridMember> nodes();

  /** Whether entries can be read at the moment. */
  boolean isAvailable();

  /** Leaves the grid. Call it when nothing is asked of it any more. */
  @Override
  void close();
}
