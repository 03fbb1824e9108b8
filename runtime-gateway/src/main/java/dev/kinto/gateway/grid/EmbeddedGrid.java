package dev.kinto.gateway.grid;

import dev.kinto.gateway.disk.EmptyFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A grid of one node inside this process, on loopback, with no port but the one that a node cannot
 * be without (contract C37, C38).
 */
final class EmbeddedGrid implements Grid {
  private final Node node;
  private final Path directory;

  private EmbeddedGrid(Node node, Path directory) {
    this.node = node;
    this.directory = directory;
  }

  static EmbeddedGrid start(
      GridSettings.Embedded settings, Path directory, EntryOperations operations) {
    long memory = settings.storage().memory();
    return new EmbeddedGrid(
        Node.start(
            NodeSettings.alone(directory, settings), NodeSettings.entries(), memory, operations),
        directory);
  }

  @Override
  public Optional<byte[]> get(UUID key) {
    return node.get(key);
  }

  @Override
  public byte[] run(UUID key, byte[] operation, Duration longestTimeLeft) {
    return node.run(key, operation, longestTimeLeft);
  }

  @Override
  public void removeIf(Predicate<byte[]> such) {
    node.removeIf(such);
  }

  @Override
  public GridMemory memory() {
    return node.memory();
  }

  @Override
  public boolean isAvailable() {
    return node.isAvailable();
  }

  @Override
  public void close() {
    node.close();
    EmptyFolders.remove(directory);
  }
}
