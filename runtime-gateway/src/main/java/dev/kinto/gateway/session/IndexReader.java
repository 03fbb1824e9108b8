package dev.kinto.gateway.session;

import dev.kinto.gateway.grid.GridNode;
import dev.kinto.gateway.problem.Refusal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is in the partitions of this node already into indexes of other fields, on threads
 * that no request needs. Nothing else that follows the entries notices. Changes go on meanwhile, as
 * when a partition is gained. Safe for use by any number of threads.
 */
final class IndexReader {
  private static final System.Logger LOG = System.getLogger(IndexReader.class.getName());
  private static final Duration RETRY = Duration.ofMillis(50);

  private final FieldIndex index;
  private final Executor threads = Searches.threads("kinto-session-index");
  private volatile @Nullable GridNode node;

  IndexReader(FieldIndex index) {
    this.index = index;
  }

  /** A node begins. */
  void begins(GridNode current) {
    node = current;
  }

  /** Fills these, each unless it is replaced meanwhile. */
  void read(List<PartitionIndex> unread) {
    unread.forEach(each -> threads.execute(() -> read(each)));
  }

  private void read(PartitionIndex unread) {
    if (!index.uses(unread)) {
      return;
    }
    if (hasRead(unread)) {
      unread.complete();
      after(GridNode.SETTLING, unread::settled);
    } else {
      after(RETRY, () -> read(unread));
    }
  }

  private boolean hasRead(PartitionIndex unread) {
    GridNode current = node;
    try {
      return current != null && current.forEach(unread.partition(), unread::found);
    } catch (Refusal e) {
      LOG.log(Level.DEBUG, "What the grid keeps here cannot be read yet", e);
      return false;
    }
  }

  private void after(Duration pause, Runnable step) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, threads)
        .execute(step);
  }
}
