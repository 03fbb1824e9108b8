package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with a route as a whole: its sizes, its token. */
final class RouteCheck {
  private final Services services;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<FieldName, Integer> sizes = new HashMap<>();
  private final Map<String, Boolean> logins = new HashMap<>();

  /** Which microservices require each field. */
  private final Map<String, Set<String>> requiring = new HashMap<>();

  private RouteCheck(Services services) {
    this.services = services;
  }

  /** Checks all routes (contract C28, C29). */
  static List<Finding> of(Services services) {
    RouteCheck check = new RouteCheck(services);
    for (Service service : services.all()) {
      for (Route route : service.manifest().routes()) {
        check.checkSizes(service, route);
        check.checkToken(service, route);
      }
    }
    return check.findings;
  }

  private void checkSizes(Service service, Route route) {
    WireSize reads =
        WireSize.of(
            route.reads().stream()
                .map(read -> new WireSize.Field(read.field(), size(read)))
                .toList());
    if (reads.exceedsLimit()) {
      add(FindingKind.READS_TOO_LARGE, service, route, reads.bytes(), reads.largest());
    }
    WireSize writes =
        WireSize.of(
            route.writes().stream()
                .map(write -> WireSize.Field.of(write.field(), write.type()))
                .toList());
    if (writes.exceedsLimit()) {
      add(FindingKind.WRITES_TOO_LARGE, service, route, writes.bytes(), writes.largest());
    }
  }

  private void add(FindingKind kind, Service service, Route route, int bytes, String largest) {
    findings.add(
        Finding.of(kind, service.file().route(route, "path"), service.call(route), bytes, largest));
  }

  /** What is sent is what was set; the reader's own words count where nobody sets the field. */
  private int size(SessionRead read) {
    int set = sizes.computeIfAbsent(read.field(), this::greatestSet);
    int value = set > 0 ? set : WireSize.value(read.type());
    return read.field().spelling().length() + value;
  }

  private int greatestSet(FieldName field) {
    return services.writesOf(field.folded()).stream()
        .map(Write::write)
        .map(SessionWrite::type)
        .distinct()
        .mapToInt(WireSize::value)
        .max()
        .orElse(0);
  }

  private void checkToken(Service service, Route route) {
    List<String> required =
        route.rotatesToken()
            ? List.of()
            : route.writes().stream()
                .filter(write -> requiredElsewhere(service, write.field()))
                .filter(write -> !write.optional() || !hasLogin(write.field()))
                .map(write -> "\"" + write.field() + "\"")
                .toList();
    if (!required.isEmpty()) {
      findings.add(
          Finding.of(
              FindingKind.LOGIN_KEEPS_TOKEN,
              service.file().route(route, "path"),
              service.call(route),
              String.join(", ", required)));
    }
  }

  /**
   * Whether some route is known to be where the field comes from: it sets it always, or gives a new
   * token with it. Then one that sets it on some answers only is no login; a logout is declared so,
   * since a value that is empty removes the field (contract C7).
   */
  private boolean hasLogin(FieldName field) {
    return logins.computeIfAbsent(
        field.folded(),
        folded ->
            services.writesOf(folded).stream()
                .anyMatch(write -> !write.write().optional() || write.route().rotatesToken()));
  }

  private boolean requiredElsewhere(Service service, FieldName field) {
    Set<String> names = requiring.computeIfAbsent(field.folded(), this::requiring);
    return names.size() > (names.contains(service.name()) ? 1 : 0);
  }

  private Set<String> requiring(String folded) {
    return services.readsOf(folded).stream()
        .filter(read -> read.read().required())
        .map(read -> read.service().name())
        .collect(Collectors.toSet());
  }
}
