package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.manifest.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two releases of one microservice, as its callers meet it: who answers each
 * address that was answered before, and with which contract (contract C11, C21)?
 */
final class ServiceDiff {
  /** How many addresses of all routes are compared; far more than real services have in common. */
  private static final int ADDRESSES = 5_000;

  private static final int ADDRESSES_FOR_A_ROUTE = 10;

  private final Service before;
  private final Service after;
  private final FieldUsers users;
  private final RouteTree<Route> old = new RouteTree<>();
  private final RouteTree<Route> now = new RouteTree<>();

  /** What is new in the newer release: only this takes addresses from a route that stays. */
  private final RouteTree<Route> added = new RouteTree<>();

  private final Set<String> oldShapes = new HashSet<>();
  private final Map<String, Route> nowByShape = new HashMap<>();
  private final Map<String, Route> addedByName = new HashMap<>();
  private final Set<Route> told = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private int addressesLeft;

  private ServiceDiff(Service before, Service after, FieldUsers users) {
    this.before = before;
    this.after = after;
    this.users = users;
  }

  static List<Finding> of(Service before, Service after, FieldUsers users) {
    ServiceDiff diff = new ServiceDiff(before, after, users);
    diff.read();
    before.manifest().routes().forEach(diff::compare);
    for (Route route : diff.addedByName.values()) {
      diff.tellNew(route);
    }
    return diff.findings;
  }

  private void read() {
    List<Route> olds = before.manifest().routes();
    List<Route> news = after.manifest().routes();
    for (Route route : olds) {
      add(old, route);
      oldShapes.add(shape(route));
    }
    for (Route route : news) {
      add(now, route);
      nowByShape.put(shape(route), route);
      if (!oldShapes.contains(shape(route))) {
        add(added, route);
        addedByName.put(route.name(), route);
      }
    }
    addressesLeft = ADDRESSES + ADDRESSES_FOR_A_ROUTE * (olds.size() + news.size());
  }

  private static void add(RouteTree<Route> tree, Route route) {
    tree.add(route.path(), UnaryOperator.identity(), route.method(), route);
  }

  private static String shape(Route route) {
    return route.method() + ' ' + route.path().shape();
  }

  private void compare(Route route) {
    Route same = nowByShape.get(shape(route));
    Dispatcher answers = new Dispatcher(route);
    if (same != null) {
      compareSame(route, same);
      answers.look(common(route, added));
    } else {
      answers.look(CommonAddresses.plain(route.path(), depth()));
      answers.lookFurther(common(route, now));
    }
    answers.tell(same);
  }

  private Set<String> common(Route route, RouteTree<Route> tree) {
    CommonAddresses<Route> common = CommonAddresses.of(route.path(), tree, depth(), addressesLeft);
    addressesLeft -= Math.min(addressesLeft, common.cost());
    return common.addresses();
  }

  private int depth() {
    return Math.max(old.depth(), now.depth());
  }

  private void compareSame(Route route, Route same) {
    if (!route.name().equals(same.name())) {
      tellRenamed(route, same);
    }
    findings.addAll(RouteDiff.of(before, route, after, same, users));
  }

  private void tellRenamed(Route route, Route other) {
    add(
        FindingKind.ROUTE_RENAMED,
        after.file().route(other, "name"),
        after.call(other),
        route.name(),
        other.name());
  }

  private void tellNew(Route route) {
    if (told.add(route)) {
      add(FindingKind.ROUTE_ADDED, after.file().route(route, "path"), after.call(route));
    }
  }

  private void add(FindingKind kind, Place place, Object... arguments) {
    findings.add(Finding.of(kind, place, arguments));
  }

  /** Who answers the addresses of one route of the older release. */
  private final class Dispatcher {
    private final Route route;
    private final Set<Route> others = new LinkedHashSet<>();
    private @Nullable String lost;
    private boolean answered;

    Dispatcher(Route route) {
      this.route = route;
    }

    /** Looks at addresses; those that another route answered already are not this one's. */
    void look(Set<String> addresses) {
      look(addresses, true);
    }

    /** Looks at those only that somebody answers: that others are lost was seen before. */
    void lookFurther(Set<String> addresses) {
      look(addresses, false);
    }

    private void look(Set<String> addresses, boolean mayBeLost) {
      for (String address : addresses) {
        look(route.method(), address, mayBeLost);
        if (route.method().equals("GET")) {
          look("HEAD", address, false);
        }
      }
    }

    private void look(String method, String address, boolean mayBeLost) {
      if (!route.equals(old.find(method, address))) {
        return;
      }
      Route answering = now.find(method, address);
      if (answering != null) {
        answered |= mayBeLost;
        others.add(answering);
      } else if (mayBeLost && lost == null) {
        lost = address;
      }
    }

    void tell(@Nullable Route same) {
      if (same == null && !answered) {
        tellGone();
      } else if (lost != null) {
        add(
            FindingKind.ROUTE_NARROWED,
            before.file().route(route, "path"),
            before.call(route),
            '/' + before.name() + lost.replace(CommonAddresses.ANY, "…"),
            status(lost));
      }
      for (Route other : others) {
        if (!other.equals(same)) {
          tellTaken(other, same == null && lost == null);
        }
      }
    }

    private void tellTaken(Route other, boolean wholly) {
      told.add(other);
      add(
          FindingKind.ADDRESSES_TAKEN,
          after.file().route(other, "path"),
          after.call(other),
          before.call(route));
      if (wholly && !oldShapes.contains(shape(other)) && !route.name().equals(other.name())) {
        tellRenamed(route, other);
      }
      findings.addAll(RouteDiff.ofTaken(before, route, after, other, users));
    }

    private void tellGone() {
      int status = status(lost == null ? route.path().text() : lost);
      Route moved = addedByName.get(route.name());
      if (moved != null) {
        told.add(moved);
        others.remove(moved);
        add(
            FindingKind.ROUTE_MOVED,
            after.file().route(moved, "path"),
            moved.name(),
            before.call(route),
            after.call(moved),
            status);
        findings.addAll(RouteDiff.of(before, route, after, moved, users));
      } else {
        add(
            FindingKind.ROUTE_REMOVED,
            before.file().route(route, "path"),
            before.call(route),
            status);
        findings.addAll(users.writesLost(before, route));
      }
    }

    /** What the callers of an address that is gone are answered (contract C21). */
    private int status(String address) {
      return now.methods(address).isEmpty() ? 404 : 405;
    }
  }
}
