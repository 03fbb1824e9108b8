package dev.kinto.gateway.grid;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.apache.ignite.DataRegionMetrics;
import org.apache.ignite.Ignite;
import org.apache.ignite.configuration.DataStorageConfiguration;

/**
 * Whether the memory of a grid's node has room for more sessions (contract C22).
 *
 * <p>Ignite cannot be left to find out: an update writes the new entry before it forgets the old
 * one, so in a full region nothing can be renewed, and a tree of its index in the middle of which a
 * write fails is damaged for good. So what adds to the memory is refused while a reserve is left,
 * in which everything else goes on: a tenth of the bytes, and some of the pages, since what is
 * larger than a page needs whole ones.
 *
 * <p>Of the pages Ignite keeps {@link #IGNITES_OWN} to itself: a write that would touch them fails.
 * {@link #WRITES} of all are for the writes that run at the same time, of which there are no more
 * than fit; as much again for those that a look at the memory came too early to see; and {@link
 * #UNSEEN} for what is added between two looks.
 *
 * <p>Pages are not given back when sessions end, they get holes that the next ones fill. Hence two
 * measures: bytes that hold something, and pages that nothing was ever put into or that are empty.
 *
 * <p>In a grid of several nodes each keeps room for what it gets when others are lost, see {@link
 * Spread}.
 *
 * <p>With persistence the same bounds hold, so that all entries are in memory and the disk never
 * takes more than {@link NodeStorage} says; and the disk itself must have room, see {@link
 * DiskSpace}.
 *
 * <p>Safe for use by any number of threads.
 */
@SuppressWarnings("deprecation") // Ignite's newer metrics are looked up by their names' texts
final class Room {
  /** How old a look at the memory may be. */
  private static final Duration LOOK = Duration.ofMillis(10);

  private static final System.Logger LOG = System.getLogger(Room.class.getName());
  private static final double NEARLY_FULL = 0.8;
  private static final double FULL = 0.9;
  private static final int IGNITES_OWN = 256;
  private static final double WRITES = 0.025;
  private static final double UNSEEN = 0.01;

  /** What the largest session takes, whose size is limited by default: 64 KiB, and its frame. */
  private static final int PAGES_OF_A_SESSION = 17;

  private final Supplier<DataRegionMetrics> metrics;
  private final long bytes;
  private final DoubleSupplier share;
  private final Optional<DiskSpace> disk;
  private final AtomicLong addedSinceLook = new AtomicLong();
  private volatile GridMemory memory = GridMemory.ROOMY;
  private volatile long nextLook = System.nanoTime();

  /** As many bytes may be added before another look. */
  private volatile long unseen;

  /**
   * The room of a node, which need not have started yet.
   *
   * @param bytes what entries may take in memory
   * @param share gives what part of that they may take at the moment
   * @param disk where they are kept besides
   */
  Room(Ignite node, long bytes, DoubleSupplier share, Optional<DiskSpace> disk) {
    this.metrics = () -> node.dataRegionMetrics(NodeSettings.REGION);
    this.bytes = bytes;
    this.share = share;
    this.disk = disk;
  }

  /** How many writes may run at the same time in a memory of so many bytes. */
  static int writesAtOnce(long memory) {
    double pages = WRITES * memory / DataStorageConfiguration.DFLT_PAGE_SIZE;
    return Math.clamp((long) pages / PAGES_OF_A_SESSION, 1, Short.MAX_VALUE);
  }

  /** Whether so many bytes may be added. */
  boolean forMore(int bytes) {
    if (addedSinceLook.addAndGet(bytes) > unseen) {
      look();
    }
    return !memory().isFull();
  }

  /** How full it is, by a look that is a hundredth of a second old at most. */
  GridMemory memory() {
    if (System.nanoTime() - nextLook >= 0) {
      look();
    }
    return memory;
  }

  private void look() {
    nextLook = System.nanoTime() + LOOK.toNanos();
    addedSinceLook.set(0);
    take(seen());
  }

  /** What is worst of all. */
  private GridMemory seen() {
    GridMemory inMemory = seenInMemory();
    GridMemory onDisk = disk.map(DiskSpace::look).orElse(GridMemory.ROOMY);
    return onDisk.compareTo(inMemory) > 0 ? onDisk : inMemory;
  }

  private GridMemory seenInMemory() {
    DataRegionMetrics now = metrics.get();
    // Not what is taken from the system already: that grows when there is no other room.
    double size = share.getAsDouble() * bytes / now.getPageSize();
    double reserve = IGNITES_OWN + (2 * WRITES + UNSEEN) * size;
    unseen = (long) (UNSEEN * bytes);
    double used = now.getTotalUsedPages();
    double filled = used * now.getPagesFillFactor();
    if (filled >= FULL * size || size - used < reserve) {
      return GridMemory.FULL;
    }
    return filled >= NEARLY_FULL * size ? GridMemory.NEARLY_FULL : GridMemory.ROOMY;
  }

  private synchronized void take(GridMemory seen) {
    if (seen != memory) {
      memory = seen;
      seen.remark()
          .ifPresentOrElse(
              text -> LOG.log(Level.WARNING, text),
              () -> LOG.log(Level.INFO, "There is room for sessions again."));
    }
  }
}
