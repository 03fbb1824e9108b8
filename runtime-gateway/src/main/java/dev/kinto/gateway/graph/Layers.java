package dev.kinto.gateway.graph;

import dev.kinto.gateway.graph.ContractGraph.Field;
import dev.kinto.gateway.graph.ContractGraph.Reader;
import dev.kinto.gateway.graph.ContractGraph.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The column of each microservice: one to the right of the last of those that it reads from. Where
 * they read from each other in a circle, the arrow that closes it runs backwards.
 */
final class Layers {
  private final Map<String, Set<String>> readersOf = new TreeMap<>();
  private final Map<String, Integer> layers = new HashMap<>();

  private Layers() {}

  static Layers of(ContractGraph graph) {
    Layers layers = new Layers();
    graph.services().forEach(service -> layers.readersOf.put(service.name(), new TreeSet<>()));
    for (Field field : graph.fields()) {
      field.writer().ifPresent(writer -> layers.connect(writer, field.readers()));
    }
    layers.assign();
    layers.placeLoners(graph.services());
    return layers;
  }

  private void connect(String writer, List<Reader> readers) {
    for (Reader reader : readers) {
      if (!reader.service().equals(writer)) {
        readersOf.getOrDefault(writer, new TreeSet<>()).add(reader.service());
      }
    }
  }

  int layer(String service) {
    return layers.getOrDefault(service, 0);
  }

  /** How many columns there are. */
  int count() {
    return layers.values().stream().mapToInt(layer -> layer + 1).max().orElse(0);
  }

  /** In an order without circles, each one pushes its readers to the right. */
  private void assign() {
    List<String> order = order();
    order.forEach(service -> layers.put(service, 0));
    for (int i = 0; i < order.size(); i++) {
      for (String reader : readers(order.get(i))) {
        if (order.indexOf(reader) > i) {
          layers.merge(reader, layer(order.get(i)) + 1, Math::max);
        }
      }
    }
  }

  private Set<String> readers(String writer) {
    return readersOf.getOrDefault(writer, Set.of());
  }

  /** Next comes who has the fewest unplaced writers, and of those who has the most readers. */
  private List<String> order() {
    List<String> order = new ArrayList<>();
    Set<String> left = new TreeSet<>(readersOf.keySet());
    while (!left.isEmpty()) {
      String best = null;
      long bestScore = Long.MAX_VALUE;
      for (String service : left) {
        long writers = left.stream().filter(other -> readers(other).contains(service)).count();
        long score = writers * 1000 - readers(service).size();
        if (score < bestScore) {
          best = service;
          bestScore = score;
        }
      }
      if (best != null) {
        order.add(best);
        left.remove(best);
      }
    }
    return order;
  }

  /** Who has no line to anybody fills the emptiest column. */
  private void placeLoners(List<Service> services) {
    Set<String> connected = new TreeSet<>();
    readersOf.forEach(
        (writer, readers) -> {
          if (!readers.isEmpty()) {
            connected.add(writer);
            connected.addAll(readers);
          }
        });
    int columns =
        Math.max(
            connected.stream().mapToInt(name -> layer(name) + 1).max().orElse(0),
            (int) Math.ceil(Math.sqrt(services.size() - connected.size())));
    int[] rows = new int[Math.max(1, columns)];
    services.stream()
        .filter(service -> connected.contains(service.name()))
        .forEach(service -> rows[layer(service.name())] += 4 + service.routes().size());
    for (Service service : services) {
      if (!connected.contains(service.name())) {
        int emptiest = 0;
        for (int i = 1; i < rows.length; i++) {
          emptiest = rows[i] < rows[emptiest] ? i : emptiest;
        }
        layers.put(service.name(), emptiest);
        rows[emptiest] += 4 + service.routes().size();
      }
    }
  }
}
