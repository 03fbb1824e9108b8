package dev.kinto.gateway.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.ignite.DataRegionMetrics;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * Whether the memory of a grid's node has room for more sessions (contract C22).
 *
 * <p>Ignite cannot be left to find out: an update writes the new entry before it forgets the old
 * one, so in a full region nothing can be renewed, and a tree of its index that runs out of pages
 * in the middle is damaged. So what adds to the memory is refused while a reserve is left, in which
 * everything else goes on: a tenth of the bytes, and a twentieth of the pages, since what is larger
 * than a page needs whole ones.
 *
 * <p>Pages are not given back when sessions end, they get holes that the next ones fill. Hence two
 * measures: bytes that hold something, and pages that nothing was ever put into or that are empty.
 * Safe for use by any number of threads.
 */
@SuppressWarnings("deprecation") // Ignite's newer metrics are looked up by their names' texts
final class Room {
  /** How old a look at the memory may be; the reserve outlasts what comes within it. */
  private static final Duration LOOK = Duration.ofMillis(10);

  private static final System.Logger LOG = System.getLogger(Room.class.getName());
  private static final String NAME = Room.class.getName();
  private static final double NEARLY_FULL = 0.8;
  private static final double FULL = 0.9;
  private static final double LEAST_FREE_PAGES = 0.05;

  private final Supplier<DataRegionMetrics> metrics;
  private volatile SessionMemory memory = SessionMemory.ROOMY;
  private volatile long nextLook = System.nanoTime();

  private Room(Supplier<DataRegionMetrics> metrics) {
    this.metrics = metrics;
  }

  /** The room of a node, for all operations that run on it. */
  static Room in(Ignite node) {
    Room room = new Room(() -> node.dataRegionMetrics(EmbeddedGrid.REGION));
    node.cluster().<String, Room>nodeLocalMap().put(NAME, room);
    return room;
  }

  /** The room of the node that an operation runs on. */
  static Room of(@Nullable Ignite node) {
    if (node == null) {
      throw new IllegalStateException("Ignite did not say on which node this runs");
    }
    return node.cluster().<String, Room>nodeLocalMap().computeIfAbsent(NAME, _ -> in(node));
  }

  /** Whether something may be added. */
  boolean forMore() {
    return memory() != SessionMemory.FULL;
  }

  /** How full it is, by a look that is a hundredth of a second old at most. */
  SessionMemory memory() {
    long now = System.nanoTime();
    if (now - nextLook >= 0) {
      nextLook = now + LOOK.toNanos();
      take(seen());
    }
    return memory;
  }

  private SessionMemory seen() {
    DataRegionMetrics now = metrics.get();
    double size = (double) now.getOffHeapSize() / now.getPageSize();
    double used = now.getTotalUsedPages();
    double filled = used * now.getPagesFillFactor();
    if (filled >= FULL * size || size - used < LEAST_FREE_PAGES * size) {
      return SessionMemory.FULL;
    }
    return filled >= NEARLY_FULL * size ? SessionMemory.NEARLY_FULL : SessionMemory.ROOMY;
  }

  private synchronized void take(SessionMemory seen) {
    if (seen != memory) {
      memory = seen;
      seen.remark()
          .ifPresentOrElse(
              text -> LOG.log(Level.WARNING, text),
              () -> LOG.log(Level.INFO, "The memory for sessions has room again."));
    }
  }
}
