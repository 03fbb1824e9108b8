package dev.kinto.gateway.grid;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.events.DiscoveryEvent;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionTopology;
import org.apache.ignite.lang.IgnitePredicate;
import org.jspecify.annotations.Nullable;

/**
 * One life of this process as a member of the grid: from the start of its node until it lost the
 * majority, was told that the others went on without it, or stops (contract C37a).
 */
final class MemberNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MemberNode.class.getName());

  /** How long a node that leaves waits for the others to have copies of all that it has. */
  private static final Duration HANDING_ON = Duration.ofSeconds(20);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final Node node;
  private final Ignite ignite;
  private final Majority majority;
  private final Lease lease;
  private final Authority authority;
  private final Optional<NodeDisk> disk;
  private final Optional<Opening> opening;
  private final Heartbeats heartbeats;
  private final Set<UUID> compared = new HashSet<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final IgnitionListener listener = this::changed;
  private final IgnitePredicate<DiscoveryEvent> losses = this::lost;

  /** It has all that it is to have, since when it never was without. */
  private volatile boolean complete;

  private volatile boolean hadMajority;

  /**
   * Begins.
   *
   * @param disk where entries are kept besides
   */
  MemberNode(
      Node node, Majority majority, Lease lease, Authority authority, Optional<NodeDisk> disk) {
    this.node = node;
    this.authority = authority;
    this.disk = disk;
    this.opening = disk.map(each -> new Opening(node, majority, authority, each));
    if (disk.isEmpty()) {
      authority.begin(1);
    }
    this.lease = lease;
    this.ignite = node.ignite();
    this.majority = majority;
    Ignition.addListener(listener);
    try {
      ignite.events().localListen(losses, NodeSettings.LOSSES);
      this.heartbeats = Heartbeats.of(ignite, majority, lease);
    } catch (RuntimeException e) {
      Ignition.removeListener(listener);
      throw e;
    }
  }

  Node node() {
    return node;
  }

  private void changed(@Nullable String name, IgniteState state) {
    if (ignite.name().equals(name) && state != IgniteState.STARTED) {
      ended.countDown();
    }
  }

  /** Who sees that no majority is left waits for no lease to end: others may go on at once. */
  private boolean lost(DiscoveryEvent loss) {
    if (!majority.validate(loss.topologyNodes())) {
      lease.revoke();
    }
    return true; // listens on
  }

  boolean isServing() {
    return authority.hasBegun() && lease.isHeld() && ended.getCount() > 0;
  }

  /** Waits until it serves, if it did just now. Whether it does then. */
  boolean awaitServing() {
    return authority.hasBegun() && lease.await() && ended.getCount() > 0;
  }

  /** Whether it serves, and has received its part of the entries. */
  boolean isReady() {
    complete = complete || (isServing() && !partitions().hasMovingPartitions());
    return isServing() && complete && opening.map(Opening::isComplete).orElse(true);
  }

  /** Waits a moment. Whether this life is over: the majority is lost, or the node has stopped. */
  boolean hasEndedWithin(Duration moment) throws InterruptedException {
    if (ended.await(moment.toNanos(), TimeUnit.NANOSECONDS)) {
      return true;
    }
    List<ClusterNode> servers = servers();
    compare(servers);
    boolean among = majority.validate(servers);
    hadMajority |= among;
    if (among) {
      opening.ifPresent(Opening::advance);
    }
    return (hadMajority && !among) || disk.filter(NodeDisk::hasFailed).isPresent();
  }

  /** Tells once of each node that is not quite as this one is. */
  private void compare(List<ClusterNode> servers) {
    ClusterNode here = ignite.cluster().localNode();
    for (ClusterNode each : servers) {
      if (compared.add(each.id())) {
        MemberAttributes.remark(here, each).ifPresent(text -> LOG.log(Level.WARNING, text));
      }
    }
  }

  boolean isAmongMajority() {
    return majority.validate(servers());
  }

  private List<ClusterNode> servers() {
    return List.copyOf(ignite.cluster().forServers().nodes());
  }

  /** Whether a node at this address belongs to the same grid already. */
  boolean knows(InetSocketAddress address) {
    return servers().stream().anyMatch(each -> MemberAttributes.isAt(each, address));
  }

  /** The nodes that there are, this one among them. */
  List<GridMember> members() {
    return MemberAttributes.members(servers());
  }

  /** How many nodes there are, this one among them. */
  int count() {
    return servers().size();
  }

  /**
   * Lets new entries be where some are lost, because all nodes that had them died at once. Until
   * then nothing could be read or written there. The oldest node does it for all.
   */
  void giveUpWhatIsLost() {
    if (!isServing() || !isOldest()) {
      return;
    }
    int lost = node.lostParts();
    if (lost > 0) {
      LOG.log(
          Level.WARNING,
          "Nodes that died at the same time had {0} of the {1} parts of the grid to themselves:"
              + " what was in them has ended. More \"backups\" keep more copies",
          lost,
          partitions().partitions());
      node.giveUpLostParts();
    }
  }

  private boolean isOldest() {
    return ignite.cluster().localNode().equals(ignite.cluster().forServers().forOldest().node());
  }

  /** Waits until the others have all that this one has, if there are others to have it. */
  private void handOn() throws InterruptedException {
    long giveUp = System.nanoTime() + HANDING_ON.toNanos();
    while (isServing() && count() > 1 && !uncopied().isEmpty()) {
      if (System.nanoTime() - giveUp > 0) {
        LOG.log(
            Level.WARNING,
            "The others have no copies yet of {0} of the grid''s parts; what is in them is lost"
                + " now",
            uncopied().size());
        return;
      }
      Thread.sleep(LOOK);
    }
  }

  /** The partitions that no other node has whole. */
  private Set<Integer> uncopied() {
    GridDhtPartitionTopology partitions = partitions();
    return IntStream.range(0, partitions.partitions())
        .filter(
            each -> {
              List<ClusterNode> owners = partitions.owners(each);
              return owners.size() == 1 && owners.getFirst().isLocal();
            })
        .boxed()
        .collect(Collectors.toSet());
  }

  /** Ignite tells of them nowhere else. */
  private GridDhtPartitionTopology partitions() {
    return Objects.requireNonNull(((IgniteEx) ignite).cachex(NodeSettings.CACHE))
        .context()
        .topology();
  }

  /** Leaves the grid, in order if it is a member of good standing. */
  void leave() throws InterruptedException {
    handOn();
    close();
  }

  /** Stops the node; what it had in memory is forgotten. */
  @Override
  public void close() {
    Ignition.removeListener(listener);
    heartbeats.close();
    node.close();
    ended.countDown();
  }
}
