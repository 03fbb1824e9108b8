package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Read;
import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which fields a session can ever get, beginning with an empty one: a login that requires what only
 * the login sets can never be called (contract C6).
 *
 * <p>Fields that nobody sets count as there, since their absence is found elsewhere.
 */
final class Reachability {
  private final Services services;
  private final Set<String> obtainable = new HashSet<>();

  private Reachability(Services services) {
    this.services = services;
  }

  static List<Finding> of(Services services) {
    Reachability reachability = new Reachability(services);
    reachability.callAll();
    return services.reads().values().stream()
        .flatMap(List::stream)
        .filter(read -> read.read().required())
        .filter(read -> !reachability.has(read.read().field().folded()))
        .map(reachability::finding)
        .toList();
  }

  /** A route that waits for fields, each once. */
  private static final class Waiting {
    private final Route route;
    private int missing;

    Waiting(Route route, int missing) {
      this.route = route;
      this.missing = missing;
    }
  }

  /** Calls what can be called; each field that this gives may make others callable. */
  private void callAll() {
    Map<String, List<Waiting>> waiting = new HashMap<>();
    Deque<Route> callable = new ArrayDeque<>();
    for (Service service : services.all()) {
      for (Route route : service.manifest().routes()) {
        List<String> missing = missing(route);
        if (missing.isEmpty()) {
          callable.add(route);
        } else {
          Waiting waits = new Waiting(route, missing.size());
          missing.forEach(
              field -> waiting.computeIfAbsent(field, _ -> new ArrayList<>()).add(waits));
        }
      }
    }
    while (!callable.isEmpty()) {
      for (SessionWrite write : callable.remove().writes()) {
        String folded = write.field().folded();
        if (obtainable.add(folded)) {
          for (Waiting waits : waiting.getOrDefault(folded, List.of())) {
            waits.missing--;
            if (waits.missing == 0) {
              callable.add(waits.route);
            }
          }
        }
      }
    }
  }

  private List<String> missing(Route route) {
    return route.reads().stream()
        .filter(SessionRead::required)
        .map(read -> read.field().folded())
        .distinct()
        .filter(folded -> !has(folded))
        .toList();
  }

  private boolean has(String folded) {
    return obtainable.contains(folded) || services.writesOf(folded).isEmpty();
  }

  private Finding finding(Read read) {
    List<Write> writes = services.writesOf(read.read().field().folded());
    return Finding.of(
        FindingKind.READ_UNREACHABLE,
        read.place("field"),
        read.call(),
        read.read().field(),
        Services.calls(writes, Write::call));
  }
}
