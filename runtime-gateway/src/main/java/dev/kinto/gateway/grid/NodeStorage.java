package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.GridSettings.Storage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.SystemDataRegionConfiguration;
import org.apache.ignite.configuration.WALMode;
import org.apache.ignite.failure.FailureHandler;
import org.apache.ignite.failure.NoOpFailureHandler;
import org.apache.ignite.failure.StopNodeFailureHandler;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.managers.discovery.GridDiscoveryManager;
import org.apache.ignite.plugin.PluginContext;

/**
 * What the entries of a node take in memory and, with persistence, on the disk (contract C37).
 *
 * <p>On the disk they are twice: in pages as in memory, which are written now and then, and each
 * write since in a log, which is written at once. The pages take at most as much as the memory, the
 * log at most {@link #LOG}. A log of that size is read in a moment at a start.
 */
final class NodeStorage {
  private static final long MIB = 1024L * 1024;
  private static final int SEGMENTS = 4;
  private static final long SEGMENT = 8 * MIB;
  private static final long ARCHIVE = 40 * MIB;

  /** What the log takes at most, in bytes: with one segment that is just being archived. */
  static final long LOG = (SEGMENTS + 1) * SEGMENT + ARCHIVE;

  private NodeStorage() {}

  static DataStorageConfiguration of(Storage storage) {
    DataStorageConfiguration configuration =
        new DataStorageConfiguration()
            .setSystemDataRegionConfiguration(
                new SystemDataRegionConfiguration().setInitialSize(10 * MIB).setMaxSize(40 * MIB))
            .setDefaultDataRegionConfiguration(region(storage));
    return storage.persistence().isEmpty()
        ? configuration
        : configuration
            .setWalMode(storage.fsync() ? WALMode.FSYNC : WALMode.LOG_ONLY)
            .setWalSegments(SEGMENTS)
            .setWalSegmentSize((int) SEGMENT)
            .setMaxWalArchiveSize(ARCHIVE)
            // Writers slow down a little while pages are written, and never stand still for it.
            .setWriteThrottlingEnabled(true)
            .setCheckpointThreads(2);
  }

  private static DataRegionConfiguration region(Storage storage) {
    long memory = storage.memory();
    DataRegionConfiguration region =
        new DataRegionConfiguration()
            .setName(NodeSettings.REGION)
            .setMetricsEnabled(true) // by which Room sees how full it is
            .setInitialSize(Math.min(32 * MIB, memory))
            .setMaxSize(memory);
    return storage.persistence().isEmpty()
        ? region
        : region.setPersistenceEnabled(true).setCheckpointPageBufferSize(memory / 4);
  }

  /**
   * What a node does that is in trouble. Without a disk it answers what it can. With one it stops:
   * what it would answer after a write that failed may not be there after the next start. No
   * trouble of a grid ever takes the process down.
   */
  static FailureHandler failureHandler(Storage storage) {
    return storage.persistence().isEmpty()
        ? new NoOpFailureHandler()
        : new StopNodeFailureHandler();
  }

  /** What went wrong in the end: Ignite puts many names of its own around it. */
  static Throwable innermost(Throwable e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
  }

  /**
   * The room of a node that is just starting.
   *
   * @param journal the folder of a journal, if it has one
   */
  static Room room(PluginContext context, Optional<Path> journal) {
    Spread spread = MemberAttributes.spread(context.igniteConfiguration().getUserAttributes());
    DataRegionConfiguration region =
        context
            .igniteConfiguration()
            .getDataStorageConfiguration()
            .getDefaultDataRegionConfiguration();
    return new Room(
        context.grid(),
        region.getMaxSize(),
        () -> spread.share(nodes(context)),
        region.isPersistenceEnabled()
            ? Optional.of(new DiskSpace(Path.of(context.igniteConfiguration().getWorkDirectory())))
            : journal.map(DiskSpace::new));
  }

  /** Not by Ignite.cluster, which a node refuses that is just joining. */
  private static int nodes(PluginContext context) {
    GridDiscoveryManager grid = ((IgniteEx) context.grid()).context().discovery();
    Collection<ClusterNode> nodes = grid.topology(grid.topologyVersion());
    return nodes == null ? 1 : nodes.size();
  }
}
