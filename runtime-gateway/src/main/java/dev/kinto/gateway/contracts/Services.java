package dev.kinto.gateway.contracts;

import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionSpace;
import dev.kinto.manifest.SessionWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The microservices of a set: who sets and who reads what, by folded name (contract C2). */
final class Services {
  private static final int MOST_NAMED = 3;

  private final Map<String, Service> byName = new TreeMap<>();
  private final Map<String, List<Write>> writes = new HashMap<>();
  private final Map<String, List<Read>> reads = new HashMap<>();
  private final Set<MicroserviceName> unknown;
  private final SessionSpace space;

  /** A microservice and the file that declares it. */
  record Service(ManifestFile file, Manifest manifest) {
    String name() {
      return manifest.microservice().value();
    }

    /** A route as clients call it: {@code POST /auth/login}. */
    String call(Route route) {
      return route.method() + " /" + name() + route.path().text();
    }
  }

  /** A route that sets a field. */
  record Write(Service service, Route route, SessionWrite write) {
    String call() {
      return service.call(route);
    }

    Place place(String part) {
      return service.file().field(route, "writes", write.field().spelling(), part);
    }
  }

  /** A route that reads a field. */
  record Read(Service service, Route route, SessionRead read) {
    String call() {
      return service.call(route);
    }

    Place place(String part) {
      return service.file().field(route, "reads", read.field().spelling(), part);
    }

    /** Whether the reader keeps decimals (contract C13). */
    boolean decimal() {
      return read.type().decimal()
          || read.defaultValue().filter(v -> v.indexOf('.') >= 0).isPresent();
    }

    TypeAgreement accepts(FieldType set) {
      return TypeAgreement.of(set, read.type(), decimal());
    }
  }

  private Services(Collection<ManifestFile> files, Collection<MicroserviceName> unknown) {
    for (ManifestFile file : files) {
      file.manifest()
          .ifPresent(m -> byName.putIfAbsent(m.microservice().value(), new Service(file, m)));
    }
    this.unknown = Set.copyOf(unknown);
    space =
        SessionSpace.of(
            Stream.concat(
                    all().stream().map(service -> service.manifest().microservice()),
                    unknown.stream())
                .toList());
    for (Service service : all()) {
      for (Route route : service.manifest().routes()) {
        route.writes().forEach(w -> add(writes, w.field().folded(), new Write(service, route, w)));
        route.reads().forEach(r -> add(reads, r.field().folded(), new Read(service, route, r)));
      }
    }
  }

  /** The first few of some uses as calls, and how many more there are. */
  static <T> String calls(List<T> uses, Function<T, String> call) {
    String named = uses.stream().limit(MOST_NAMED).map(call).collect(Collectors.joining(", "));
    int others = uses.size() - MOST_NAMED;
    return others > 0 ? named + " and " + others + " more" : named;
  }

  private static <T> void add(Map<String, List<T>> uses, String folded, T use) {
    uses.computeIfAbsent(folded, _ -> new ArrayList<>()).add(use);
  }

  /** The usable ones among the files; of two for one microservice the first. */
  static Services of(Collection<ManifestFile> files) {
    return new Services(files, List.of());
  }

  /** The same, beside microservices of which no manifest is known yet. */
  static Services of(Collection<ManifestFile> files, Collection<MicroserviceName> unknown) {
    return new Services(files, unknown);
  }

  /** Whether it is a microservice of the set whose manifest is not known yet. */
  boolean isUnknown(MicroserviceName name) {
    return unknown.contains(name);
  }

  Collection<Service> all() {
    return byName.values();
  }

  Optional<Service> named(MicroserviceName name) {
    return Optional.ofNullable(byName.get(name.value()));
  }

  SessionSpace space() {
    return space;
  }

  /** The writes of each field. */
  Map<String, List<Write>> writes() {
    return writes;
  }

  List<Write> writesOf(String folded) {
    return writes.getOrDefault(folded, List.of());
  }

  List<Read> readsOf(String folded) {
    return reads.getOrDefault(folded, List.of());
  }

  /** The reads of each field. */
  Map<String, List<Read>> reads() {
    return reads;
  }
}
