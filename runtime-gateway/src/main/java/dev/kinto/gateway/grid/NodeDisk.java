package dev.kinto.gateway.grid;

import dev.kinto.gateway.disk.DurableFile;
import dev.kinto.gateway.journal.DamagedException;
import dev.kinto.gateway.journal.Journal;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * What a node of a cluster has on its disk (contract C37): the versions of entries that it ever
 * kept, and in which epoch that was. See docs/decisions/0011-journals-of-a-majority.md.
 *
 * <p>It is complete if it has its part of what any majority wrote since the grid's origin; one that
 * is new is so when it has received everything once. Only complete ones count when a grid begins.
 */
final class NodeDisk implements AutoCloseable {
  /** What a node says to others of its disk: the epoch, and whether entries are on it. */
  private static final String EPOCH = "kinto.disk.epoch";

  private static final String HAS_ENTRIES = "kinto.disk.entries";

  private static final String CONFLICT =
      "the folder of grid.persistence holds sessions of another grid, or those from before this one"
          + " began anew. Move the folder away.";

  private final Path folder;
  private final GridFolder lock;
  private final EntryForm form;
  private final Journal journal;
  private Optional<GridEpoch> epoch;
  private boolean complete;
  private volatile boolean failed;

  private NodeDisk(Path folder, GridFolder lock, EntryForm form, boolean fsync) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.form = form;
    this.journal = Journal.open(folder.resolve("entries"), form, fsync);
    Path file = state();
    Optional<String[]> noted =
        Files.exists(file) ? Optional.of(Files.readString(file).split(" ")) : Optional.empty();
    this.epoch = noted.map(parts -> GridEpoch.parse(parts[0]));
    this.complete = noted.filter(parts -> parts[1].equals("complete")).isPresent();
  }

  /** Opens the one of a folder, which another process must not use. */
  static NodeDisk open(GridSettings.Cluster settings, Path folder, EntryOperations operations) {
    GridFolder lock = GridFolder.take(folder);
    try {
      lock.requireOf("the grid " + settings.name() + " of size " + settings.size());
      return new NodeDisk(folder, lock, new EntryForm(operations), settings.storage().fsync());
    } catch (DamagedException e) {
      lock.close();
      throw new UncheckedIOException(
          "grid.persistence: "
              + e.getMessage()
              + ". Move the folder "
              + folder
              + " away: this gateway then receives everything from the others.",
          e);
    } catch (IOException e) {
      lock.close();
      throw new UncheckedIOException("grid.persistence: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private Path state() {
    return folder.resolve("epoch");
  }

  Path folder() {
    return folder;
  }

  /** How many milliseconds the bytes of an entry may still be needed, at least one. */
  long timeLeft(byte[] bytes) {
    return Math.max(1, form.end(bytes) - System.currentTimeMillis());
  }

  Journal journal() {
    return journal;
  }

  /** The epoch in which it was complete last. */
  synchronized Optional<GridEpoch> epoch() {
    return complete ? epoch : Optional.empty();
  }

  /** Notes that an epoch is about to begin; that is on the disk when this returns. */
  synchronized void note(GridEpoch noted, boolean isComplete) {
    try {
      if (epoch.filter(each -> each.origin().equals(noted.origin())).isEmpty()) {
        forget();
      }
      DurableFile.replace(state(), noted + (isComplete ? " complete" : " incomplete"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    epoch = Optional.of(noted);
    complete = isComplete;
  }

  private void forget() throws IOException {
    if (complete && !journal.isEmpty()) {
      throw new IOException(CONFLICT);
    }
    journal.clear();
  }

  /** A write failed: nothing more may be acknowledged by this node. */
  void fail() {
    failed = true;
  }

  boolean hasFailed() {
    return failed;
  }

  /** What is said to whoever asks while it has failed. */
  static Refusal unavailable() {
    return new Refusal(
        ProblemCode.GRID_UNAVAILABLE,
        "Sessions cannot be read or saved until their disk works again.");
  }

  /**
   * Another node begins.
   *
   * @throws IllegalStateException if what made the last one end is still so
   */
  void retry() {
    if (failed && new DiskSpace(folder).look().isFull()) {
      throw new IllegalStateException(
          "There is no room on the disk that sessions are kept on (grid.persistence).");
    }
    failed = false;
  }

  /** What the node says of it to the others. */
  Map<String, Object> attributes() {
    return Map.of(
        EPOCH, epoch().map(GridEpoch::toString).orElse(""), HAS_ENTRIES, !journal.isEmpty());
  }

  /** The epoch in which that of a node was complete when the node began. */
  static Optional<GridEpoch> epoch(ClusterNode node) {
    @Nullable String text = node.attribute(EPOCH);
    return Optional.ofNullable(text).filter(each -> !each.isEmpty()).map(GridEpoch::parse);
  }

  static boolean hasEntries(ClusterNode node) {
    return Boolean.TRUE.equals(node.attribute(HAS_ENTRIES));
  }

  /**
   * Why a node cannot join with what is on its disk.
   *
   * @param begun whether the grid that it joins has begun
   */
  Optional<String> conflict(ClusterNode joining, boolean begun) {
    Optional<GridEpoch> theirs = epoch(joining).filter(each -> hasEntries(joining));
    Optional<GridEpoch> ours = epoch().filter(each -> begun || !journal.isEmpty());
    return theirs.isPresent()
            && ours.isPresent()
            && !theirs.get().origin().equals(ours.get().origin())
        ? Optional.of(CONFLICT)
        : Optional.empty();
  }

  @Override
  public void close() {
    try {
      journal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.close();
    }
  }

  /** What a journal has to know of {@link StoredEntry}s. */
  private record EntryForm(EntryOperations operations) implements Journal.Form {
    @Override
    public boolean isNewer(byte[] one, byte[] than) {
      return StoredEntry.of(one).version().compareTo(StoredEntry.of(than).version()) > 0;
    }

    @Override
    public boolean isOver(byte[] bytes) {
      return end(bytes) < System.currentTimeMillis();
    }

    long end(byte[] bytes) {
      StoredEntry entry = StoredEntry.of(bytes);
      return entry.content().map(operations::endsAt).orElseGet(entry::removedUntil);
    }
  }
}
