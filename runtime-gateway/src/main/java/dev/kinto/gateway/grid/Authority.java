package dev.kinto.gateway.grid;

import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.managers.discovery.GridDiscoveryManager;
import org.jspecify.annotations.Nullable;

/**
 * What a node may do at the moment: it serves while it has the {@link Lease} of a majority and the
 * grid has begun (contract C37a). Safe for use by any number of threads.
 */
final class Authority {
  private static final int NOT_BEGUN = 0;

  private final BooleanSupplier lease;
  private final Optional<Majority> majority;
  private volatile int epoch = NOT_BEGUN;

  private Authority(BooleanSupplier lease, Optional<Majority> majority) {
    this.lease = lease;
    this.majority = majority;
  }

  /** That of a node that is alone. */
  static Authority ofOne() {
    Authority authority = new Authority(() -> true, Optional.empty());
    authority.begin(1);
    return authority;
  }

  /** That of a node of several. */
  static Authority of(Lease lease, Majority majority) {
    return new Authority(lease::isHeld, Optional.of(majority));
  }

  /** The grid has all entries that it is to begin with. */
  void begin(int newEpoch) {
    epoch = newEpoch;
  }

  boolean hasBegun() {
    return epoch != NOT_BEGUN;
  }

  /** See {@link StoredEntry.Version}. */
  int epoch() {
    return epoch;
  }

  /** Whether it may read and write what it is asked for. */
  boolean serves(GridDiscoveryManager grid, long topology) {
    return hasBegun() && isAmongMajority(grid, topology);
  }

  /** Whether it may take entries that were on a disk. */
  boolean gathers(GridDiscoveryManager grid, long topology) {
    return !hasBegun() && isAmongMajority(grid, topology);
  }

  /** The lease of a node outlives the moment at which it sees that the others are gone. */
  private boolean isAmongMajority(GridDiscoveryManager grid, long topology) {
    return lease.getAsBoolean()
        && (majority.isEmpty() || isMajority(majority.get(), grid.topology(topology)));
  }

  private static boolean isMajority(Majority majority, @Nullable Collection<ClusterNode> nodes) {
    return nodes != null && majority.validate(nodes);
  }
}
