package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The difference between two sets of manifests: first the microservices, then their routes. */
final class Diff {
  private final Services older;
  private final Services newer;
  private final FieldUsers users;
  private final List<Finding> findings = new ArrayList<>();

  private Diff(Services older, Services newer, boolean set) {
    this.older = older;
    this.newer = newer;
    this.users = new FieldUsers(newer, set);
  }

  /**
   * Compares.
   *
   * @param set whether all readers are known: those in the newer files
   */
  static Findings of(List<ManifestFile> older, List<ManifestFile> newer, boolean set) {
    Diff diff = new Diff(Services.of(older), Services.of(newer), set);
    older.forEach(file -> diff.findings.addAll(file.problems()));
    newer.forEach(file -> diff.findings.addAll(file.problems()));
    diff.compare();
    return new Findings(diff.findings);
  }

  private void compare() {
    for (Service before : older.all()) {
      Optional<Service> after = newer.named(before.manifest().microservice());
      if (after.isPresent()) {
        compare(before, after.get());
      } else {
        add(
            FindingKind.SERVICE_REMOVED,
            before.file().microservice(),
            before.name(),
            before.manifest().routes().size());
        before.manifest().routes().forEach(route -> loseWrites(before, route));
      }
    }
    for (Service after : newer.all()) {
      if (older.named(after.manifest().microservice()).isEmpty()) {
        add(FindingKind.SERVICE_ADDED, after.file().microservice(), after.name());
      }
    }
  }

  private void compare(Service before, Service after) {
    List<Route> added = new ArrayList<>(after.manifest().routes());
    List<Route> removed = new ArrayList<>();
    for (Route route : before.manifest().routes()) {
      Optional<Route> same = find(added, other -> sameAddress(route, other));
      same.ifPresent(added::remove);
      same.ifPresentOrElse(other -> compare(before, route, after, other), () -> removed.add(route));
    }
    for (Route route : removed) {
      Optional<Route> moved = find(added, other -> route.name().equals(other.name()));
      moved.ifPresent(added::remove);
      moved.ifPresentOrElse(
          other -> move(before, route, after, other), () -> remove(before, route, after));
    }
    for (Route route : added) {
      add(FindingKind.ROUTE_ADDED, after.file().route(route, "path"), after.call(route));
    }
  }

  private static Optional<Route> find(List<Route> routes, Predicate<Route> condition) {
    return routes.stream().filter(condition).findFirst();
  }

  private static boolean sameAddress(Route one, Route other) {
    return one.method().equals(other.method()) && one.path().shape().equals(other.path().shape());
  }

  private void compare(Service before, Route old, Service after, Route route) {
    if (!old.name().equals(route.name())) {
      add(
          FindingKind.ROUTE_RENAMED,
          after.file().route(route, "name"),
          after.call(route),
          old.name(),
          route.name());
    }
    findings.addAll(RouteDiff.of(before, old, after, route, users));
  }

  private void move(Service before, Route old, Service after, Route route) {
    add(
        FindingKind.ROUTE_MOVED,
        after.file().route(route, "path"),
        route.name(),
        before.call(old),
        after.call(route),
        status(old, after));
    findings.addAll(RouteDiff.of(before, old, after, route, users));
  }

  private void remove(Service before, Route route, Service after) {
    add(
        FindingKind.ROUTE_REMOVED,
        before.file().route(route, "path"),
        before.call(route),
        status(route, after));
    loseWrites(before, route);
  }

  /** What the callers of an address that is gone are answered (contract C21). */
  private static int status(Route gone, Service after) {
    boolean otherMethod =
        after.manifest().routes().stream()
            .anyMatch(route -> route.path().shape().equals(gone.path().shape()));
    return otherMethod ? 405 : 404;
  }

  /** With its last route goes a field. */
  private void loseWrites(Service service, Route route) {
    route.writes().stream()
        .filter(write -> newer.writesOf(write.field().folded()).isEmpty())
        .map(write -> users.writeRemoved(new Services.Write(service, route, write)))
        .forEach(findings::add);
  }

  private void add(FindingKind kind, Place place, Object... arguments) {
    findings.add(Finding.of(kind, place, arguments));
  }
}
