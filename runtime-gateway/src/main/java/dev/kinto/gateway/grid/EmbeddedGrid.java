package dev.kinto.gateway.grid;

import dev.kinto.gateway.disk.EmptyFolders;
import dev.kinto.gateway.grid.GridSettings.Embedded;
import dev.kinto.gateway.grid.GridSettings.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.ignite.IgniteException;

/**
 * A grid of one node inside this process, on loopback, with no port but the one that a node cannot
 * be without (contract C37, C38). With persistence, a node that stopped because its disk failed is
 * followed by another one as soon as that can read what is on the disk.
 */
final class EmbeddedGrid implements Grid {
  private final NodeSuccession nodes;
  private final Optional<GridFolder> folder;
  private final Path directory;

  private EmbeddedGrid(NodeSuccession nodes, Optional<GridFolder> folder, Path directory) {
    this.nodes = nodes;
    this.folder = folder;
    this.directory = directory;
  }

  static EmbeddedGrid start(Embedded settings, Path directory, EntryOperations operations) {
    Optional<GridFolder> folder = settings.storage().persistence().map(GridFolder::take);
    try {
      folder.ifPresent(each -> each.requireOf("one gateway"));
      NodeSuccession nodes =
          NodeSuccession.start(
              () -> begin(settings, directory, operations), settings.storage().persistence());
      return new EmbeddedGrid(nodes, folder, directory);
    } catch (RuntimeException e) {
      folder.ifPresent(GridFolder::close);
      throw e;
    }
  }

  private static Node begin(Embedded settings, Path directory, EntryOperations operations) {
    Storage storage = settings.storage();
    try {
      return Node.start(
          NodeSettings.alone(directory, settings),
          NodeSettings.entries(),
          storage,
          operations,
          Authority.ofOne(),
          Optional.empty());
    } catch (IgniteException e) {
      if (storage.persistence().isEmpty()) {
        throw e;
      }
      throw new UncheckedIOException(
          "grid.persistence: the sessions in "
              + storage.persistence().get()
              + " cannot be used: "
              + NodeStorage.innermost(e).getMessage()
              + " Make room if the disk is full; else put a backup in the folder's place, or move"
              + " it away, and all sessions begin anew.",
          new IOException(e));
    }
  }

  @Override
  public Optional<byte[]> get(UUID key) {
    return nodes.current().get(key);
  }

  @Override
  public byte[] run(UUID key, byte[] operation, Duration longestTimeLeft) {
    return nodes.current().run(key, operation, longestTimeLeft);
  }

  @Override
  public void removeIf(Predicate<byte[]> such) {
    nodes.current().removeIf(such);
  }

  @Override
  public GridMemory memory() {
    return nodes.isRunning() ? nodes.current().memory() : GridMemory.DISK_FAILED;
  }

  @Override
  public List<GridMember> nodes() {
    return nodes.isRunning() ? List.of(new GridMember("in this process", true)) : List.of();
  }

  @Override
  public boolean isAvailable() {
    return nodes.isRunning() && nodes.current().isAvailable();
  }

  @Override
  public void close() {
    nodes.close();
    folder.ifPresent(GridFolder::close);
    EmptyFolders.remove(directory);
  }
}
