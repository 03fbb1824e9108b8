package dev.kinto.gateway.grid;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.ignite.spi.discovery.tcp.ipfinder.TcpDiscoveryIpFinderAdapter;

/**
 * Where nodes of the grid may be. A name stands for all its addresses and is looked up each time,
 * so that a node can start before its peers have any (contract C43).
 */
final class MemberAddresses extends TcpDiscoveryIpFinderAdapter {
  private static final System.Logger LOG = System.getLogger(MemberAddresses.class.getName());

  private final List<Member> members;

  /**
   * For one node.
   *
   * @param members as they are configured, whether or not this node is among them
   * @param here this node. Ignite waits for others without an end if it does not find itself among
   *     the addresses, and does not start if there are none
   */
  MemberAddresses(List<Member> members, Member here) {
    this.members = Stream.concat(members.stream(), Stream.of(here)).toList();
  }

  @Override
  public Collection<InetSocketAddress> getRegisteredAddresses() {
    Set<InetSocketAddress> addresses = new LinkedHashSet<>();
    members.forEach(member -> of(member).forEach(addresses::add));
    return addresses;
  }

  /** All addresses of a member; none if its name is not known at the moment. */
  static Stream<InetSocketAddress> of(Member member) {
    try {
      return Stream.of(InetAddress.getAllByName(member.host()))
          .map(address -> new InetSocketAddress(address, member.port()));
    } catch (UnknownHostException e) {
      LOG.log(Level.DEBUG, "No address of the grid''s member {0} is known yet", member);
      return Stream.empty();
    }
  }

  @Override
  public void registerAddresses(Collection<InetSocketAddress> addresses) {
    // The configuration says where nodes are.
  }

  @Override
  public void unregisterAddresses(Collection<InetSocketAddress> addresses) {
    // As above: a node that is gone may come back.
  }
}
