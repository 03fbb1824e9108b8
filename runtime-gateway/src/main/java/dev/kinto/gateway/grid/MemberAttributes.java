package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells the others of itself. Those that cannot be one grid with it refuse it, and say
 * why (contract C37).
 */
final class MemberAttributes {
  /** The grid's name. */
  static final String NAME = "kinto.name";

  private static final String SIZE = "kinto.size";
  private static final String BACKUPS = "kinto.backups";
  private static final String MEMORY = "kinto.memory";
  private static final String CREDENTIALS = "kinto.credentials";
  private static final String DISCOVERY_PORT = "kinto.discoveryPort";

  /** What all nodes of a grid have in common: the attribute, and the key of the configuration. */
  private static final Map<String, String> COMMON =
      Map.of(
          NAME,
          "grid.name",
          SIZE,
          "grid.size",
          BACKUPS,
          "grid.backups",
          "kinto.persistent",
          "grid.persistence");

  private static final long MIB = 1 << 20;

  private MemberAttributes() {}

  static Map<String, Object> of(Cluster settings, List<String> credentials, Optional<NodeDisk> disk)
      throws UnknownHostException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(NAME, settings.name());
    attributes.put(SIZE, settings.size());
    attributes.put(BACKUPS, settings.backups());
    attributes.put(
        "kinto.persistent", settings.storage().persistence().isPresent() ? "a folder" : "none");
    attributes.put(MEMORY, settings.storage().memory());
    attributes.put(CREDENTIALS, credentials.toArray(String[]::new));
    attributes.put(DISCOVERY_PORT, settings.address().discoveryPort());
    disk.ifPresent(each -> attributes.putAll(each.attributes()));
    attributes.put(Majority.TIEBREAKER, isTiebreaker(settings));
    return attributes;
  }

  /** How the grid of a node with these attributes is spread. */
  static Spread spread(@Nullable Map<String, ?> attributes) {
    return attributes != null
            && attributes.get(SIZE) instanceof Integer size
            && attributes.get(BACKUPS) instanceof Integer backups
        ? new Spread(size, backups)
        : Spread.ALONE;
  }

  private static boolean isTiebreaker(Cluster settings) throws UnknownHostException {
    Optional<Member> tiebreaker = settings.tiebreaker();
    if (tiebreaker.isEmpty()) {
      return false;
    }
    NodeAddress own = settings.address();
    InetSocketAddress here =
        new InetSocketAddress(InetAddress.getByName(own.host()), own.discoveryPort());
    return tiebreaker.get().equals(new Member(own.host(), own.discoveryPort()))
        || MemberAddresses.of(tiebreaker.get()).anyMatch(here::equals);
  }

  /** Whether a node takes others at this address. */
  static boolean isAt(ClusterNode node, InetSocketAddress address) {
    return Objects.equals(node.attribute(DISCOVERY_PORT), address.getPort())
        && node.addresses().contains(address.getAddress().getHostAddress());
  }

  /** Why a node cannot join the grid of another one, as the joining one is told; or empty. */
  static Optional<String> conflict(
      ClusterNode joining, ClusterNode member, List<String> credentials) {
    List<String> conflicts = new ArrayList<>();
    COMMON.forEach(
        (attribute, key) -> {
          Object theirs = joining.attribute(attribute);
          Object ours = member.attribute(attribute);
          if (!Objects.equals(ours, theirs)) {
            conflicts.add(key + " is " + theirs + ", but " + ours + " at " + place(member));
          }
        });
    if (!believeEachOther(joining.<String[]>attribute(CREDENTIALS), credentials)) {
      conflicts.add(
          "tokens.keys are not those at "
              + place(member)
              + ": each must know the key that the other signs with");
    }
    return conflicts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("; ", conflicts.stream().sorted().toList())
                + ". All nodes of a grid have the same: set it to the same value, or name other"
                + " grid.members.");
  }

  /**
   * What an operator should know of another node that is in the same grid, though not all of it is
   * as it is here; or empty. Memory is raised in one node after the other: to refuse that would end
   * all sessions for the sake of more room.
   */
  static Optional<String> remark(ClusterNode here, ClusterNode other) {
    Long ours = here.attribute(MEMORY);
    Long theirs = other.attribute(MEMORY);
    return ours == null || theirs == null || ours.equals(theirs)
        ? Optional.empty()
        : Optional.of(
            "grid.memory is "
                + size(ours)
                + " here and "
                + size(theirs)
                + " at "
                + place(other)
                + ". Sessions are spread evenly over all nodes, and the smallest one is full first:"
                + " give all nodes the same");
  }

  private static String size(long bytes) {
    return bytes % MIB == 0 ? bytes / MIB + " MiB" : bytes + " bytes";
  }

  private static boolean believeEachOther(String @Nullable [] joining, List<String> member) {
    return joining == null
        || joining.length == 0
        || member.isEmpty()
        || (member.contains(joining[0]) && List.of(joining).contains(member.getFirst()));
  }

  /** The nodes as others are told of them, sorted by address. */
  static List<GridMember> members(Collection<ClusterNode> nodes) {
    return nodes.stream()
        .map(each -> new GridMember(place(each), each.isLocal()))
        .sorted(Comparator.comparing(GridMember::address))
        .toList();
  }

  /** Where it is, for people. */
  static String place(ClusterNode node) {
    return String.join(", ", node.addresses()) + ":" + node.attribute(DISCOVERY_PORT);
  }
}
