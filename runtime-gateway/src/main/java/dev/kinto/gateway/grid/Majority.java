package dev.kinto.gateway.grid;

import java.io.Serial;
import java.io.Serializable;
import java.util.Collection;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.configuration.TopologyValidator;
import org.jspecify.annotations.Nullable;

/**
 * Whether some nodes are a majority of those that there are meant to be (contract C37a). Of two
 * halves the one with the tiebreaker is one. By it Ignite refuses what a minority would write.
 *
 * <p>Frozen, since it travels with the cache: what is new needs another class.
 */
final class Majority implements TopologyValidator, Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** What a node says of itself if it is the tiebreaker. */
  static final String TIEBREAKER = "kinto.tiebreaker";

  private final int size;

  Majority(int size) {
    this.size = size;
  }

  @Override
  public boolean validate(Collection<ClusterNode> nodes) {
    long servers = nodes.stream().filter(node -> !node.isClient()).count();
    return 2 * servers > size || (2 * servers == size && haveTiebreaker(nodes));
  }

  private static boolean haveTiebreaker(Collection<ClusterNode> nodes) {
    return nodes.stream().anyMatch(node -> Boolean.TRUE.equals(node.attribute(TIEBREAKER)));
  }

  /** Ignite lets a node that starts again join only if its validator is the same. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Majority majority && size == majority.size;
  }

  @Override
  public int hashCode() {
    return size;
  }

  @Override
  public String toString() {
    return "a majority of " + size;
  }
}
