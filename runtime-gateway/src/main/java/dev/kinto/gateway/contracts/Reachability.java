package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Read;
import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
        .filter(read -> !reachability.has(read.read()))
        .map(reachability::finding)
        .toList();
  }

  /** Calls what can be called until a round gives nothing new. */
  private void callAll() {
    boolean more = true;
    while (more) {
      more = false;
      for (List<Write> writes : services.writes().values()) {
        String folded = writes.get(0).write().field().folded();
        if (!obtainable.contains(folded) && writes.stream().anyMatch(w -> callable(w.route()))) {
          more |= obtainable.add(folded);
        }
      }
    }
  }

  private boolean callable(Route route) {
    return route.reads().stream().filter(SessionRead::required).allMatch(this::has);
  }

  private boolean has(SessionRead read) {
    String folded = read.field().folded();
    return obtainable.contains(folded) || services.writesOf(folded).isEmpty();
  }

  private Finding finding(Read read) {
    List<Write> writes = services.writesOf(read.read().field().folded());
    return Finding.of(
        FindingKind.READ_UNREACHABLE,
        read.place("field"),
        read.call(),
        read.read().field(),
        writes.stream().map(Write::call).distinct().collect(Collectors.joining(", ")));
  }
}
