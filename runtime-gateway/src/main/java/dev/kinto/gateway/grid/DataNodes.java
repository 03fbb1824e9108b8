package dev.kinto.gateway.grid;

import dev.kinto.gateway.schedule.PeriodicTask;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The data nodes of a grid, at all addresses that the members' names have at the moment. Safe for
 * use by any number of threads.
 */
final class DataNodes implements AutoCloseable {
  private static final Duration LOOK_UP = Duration.ofSeconds(5);

  private final GridSettings.Client settings;
  private final Map<Member, Set<InetSocketAddress>> addresses = new HashMap<>();
  private final Map<InetSocketAddress, DataNodeConnection> byAddress = new LinkedHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final PeriodicTask lookUps;
  private volatile List<DataNodeConnection> all = List.of();

  private DataNodes(GridSettings.Client settings) {
    this.settings = settings;
    this.lookUps = PeriodicTask.every(LOOK_UP, "kinto-grid-members", this::lookUp);
  }

  /** Begins to connect. */
  static DataNodes of(GridSettings.Client settings) {
    DataNodes nodes = new DataNodes(settings);
    nodes.lookUp();
    return nodes;
  }

  /** One that is connected, each in its turn. */
  Optional<DataNodeConnection> next() {
    List<DataNodeConnection> nodes = all;
    int first = turn.getAndIncrement();
    for (int i = 0; i < nodes.size(); i++) {
      DataNodeConnection node = nodes.get(Math.floorMod(first + i, nodes.size()));
      if (node.isConnected()) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  /** Those that are connected. */
  List<GridMember> connected() {
    return all.stream()
        .filter(DataNodeConnection::isConnected)
        .map(each -> new GridMember(each.place(), false))
        .sorted(Comparator.comparing(GridMember::address))
        .toList();
  }

  private synchronized void lookUp() {
    for (Member member : settings.members()) {
      Set<InetSocketAddress> found =
          MemberAddresses.of(member).collect(Collectors.toCollection(LinkedHashSet::new));
      // A name server that fails takes no node away.
      if (!found.isEmpty()) {
        addresses.put(member, found);
      }
    }
    Set<InetSocketAddress> wanted =
        settings.members().stream()
            .flatMap(member -> addresses.getOrDefault(member, Set.of()).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<DataNodeConnection> gone = new ArrayList<>();
    byAddress
        .entrySet()
        .removeIf(each -> !wanted.contains(each.getKey()) && gone.add(each.getValue()));
    wanted.forEach(
        address ->
            byAddress.computeIfAbsent(address, _ -> DataNodeConnection.at(address, settings)));
    all = List.copyOf(byAddress.values());
    gone.forEach(DataNodeConnection::close);
  }

  @Override
  public synchronized void close() {
    lookUps.close();
    all.forEach(DataNodeConnection::close);
  }
}
