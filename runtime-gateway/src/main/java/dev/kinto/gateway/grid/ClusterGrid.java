package dev.kinto.gateway.grid;

import dev.kinto.gateway.disk.EmptyFolders;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.cache.CacheException;
import org.apache.ignite.IgniteException;

/**
 * A grid of the nodes of several processes (contract C37, C37a). What is asked of it is answered
 * only while this node belongs to a majority, by its {@link Lease}, and only if the grid's topology
 * has not changed meanwhile: otherwise a read may be stale and a write lost, so it is done again.
 */
final class ClusterGrid implements Grid {
  /** How long something is done again at most; a node that fails is noticed before. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Membership membership;
  private final Path directory;
  private final Optional<NodeDisk> disk;

  private ClusterGrid(Membership membership, Path directory, Optional<NodeDisk> disk) {
    this.membership = membership;
    this.directory = directory;
    this.disk = disk;
  }

  static ClusterGrid start(
      GridSettings.Cluster settings, Path directory, EntryOperations operations) {
    Optional<NodeDisk> disk =
        settings.storage().persistence().map(folder -> NodeDisk.open(settings, folder, operations));
    try {
      Membership membership =
          Membership.start(
              () -> begin(settings, directory, operations, disk),
              settings.members(),
              settings.address());
      return new ClusterGrid(membership, directory, disk);
    } catch (RuntimeException e) {
      disk.ifPresent(NodeDisk::close);
      throw e;
    }
  }

  private static MemberNode begin(
      GridSettings.Cluster settings,
      Path directory,
      EntryOperations operations,
      Optional<NodeDisk> disk) {
    disk.ifPresent(NodeDisk::retry);
    Lease lease = new Lease();
    Majority majority = new Majority(settings.size());
    Authority authority = Authority.of(lease, majority);
    try {
      Node node =
          Node.start(
              NodeSettings.member(directory, settings, operations.credentials(), disk),
              NodeSettings.entries(settings),
              settings.storage(),
              operations,
              authority,
              disk);
      try {
        return new MemberNode(node, majority, lease, authority, disk);
      } catch (RuntimeException | Error e) {
        node.close();
        throw e;
      }
    } catch (IgniteException | CacheException e) {
      throw NotJoinedException.of(e);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "grid.address.host is no address of this machine: " + settings.address().host(), e);
    }
  }

  @Override
  public Optional<byte[]> get(UUID key) {
    return confirmed(node -> node.get(key));
  }

  @Override
  public byte[] run(UUID key, byte[] operation, Duration longestTimeLeft) {
    return confirmed(node -> node.run(key, operation, longestTimeLeft));
  }

  @Override
  public void removeIf(Predicate<byte[]> such) {
    confirmed(
        node -> {
          node.removeIf(such);
          return true;
        });
  }

  private MemberNode serving() {
    if (!hasDisk()) {
      throw NodeDisk.unavailable();
    }
    return membership.serving();
  }

  private <T> T confirmed(Function<Node, T> action) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      MemberNode member = serving();
      try {
        long version = member.node().topologyVersion();
        T result = action.apply(member.node());
        if (member.isServing() && member.node().topologyVersion() == version) {
          return result;
        }
        if (System.nanoTime() - giveUp > 0) {
          throw new Refusal(
              ProblemCode.GRID_UNAVAILABLE,
              "The gateways that keep sessions come and go at the moment.");
        }
      } catch (Refusal e) {
        if (System.nanoTime() - giveUp > 0) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(Refusal reason) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  @Override
  public GridMemory memory() {
    return hasDisk() ? membership.serving().node().memory() : GridMemory.DISK_FAILED;
  }

  /** False from a write that failed until there is room again; the node has stopped meanwhile. */
  private boolean hasDisk() {
    return disk.filter(NodeDisk::hasFailed).isEmpty();
  }

  @Override
  public List<GridMember> nodes() {
    return membership.nodes();
  }

  @Override
  public boolean isAvailable() {
    return membership.isReady();
  }

  @Override
  public void close() {
    membership.close();
    disk.ifPresent(NodeDisk::close);
    EmptyFolders.remove(directory);
  }
}
