package dev.kinto.gateway.admin;

import dev.kinto.gateway.observe.ExistingNames;
import dev.kinto.gateway.observe.Observer;
import dev.kinto.gateway.observe.RequestRecord;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * How often microservices set, read and missed which session field, since the gateway started: the
 * traffic on the contracts (contract C44). Counted while there is an admin API. Its names are those
 * of the manifests in force, so they do not grow beyond them. Safe for use by any number of
 * threads.
 */
public final class Traffic implements Observer {
  private final Map<Edge, LongAdder> counts = new ConcurrentHashMap<>();
  private volatile boolean counting;

  /** What happened between a microservice and a field. */
  enum Kind {
    /** It set or removed the field. */
    WRITE,
    /** It was sent the field. */
    READ,
    /** It was not called, for the session had not the field. */
    MISSED
  }

  private record Edge(String environment, String service, String field, Kind kind) {}

  private record Microservice(String environment, String service) {}

  /** Counts from now on, or no more. */
  public void setOn(boolean on) {
    counting = on;
  }

  /** Forgets the microservices and fields that are no more. */
  public void keepOnly(ExistingNames names) {
    Set<Microservice> existing =
        names.routes().stream()
            .map(route -> new Microservice(route.environment(), route.service()))
            .collect(Collectors.toSet());
    counts
        .keySet()
        .removeIf(
            edge ->
                !existing.contains(new Microservice(edge.environment(), edge.service()))
                    || !names.hasField(edge.field()));
  }

  @Override
  public boolean listens() {
    return counting;
  }

  @Override
  public void ended(RequestRecord request) {
    request.injected().forEach(each -> count(request, each.field(), Kind.READ));
    request.written().forEach(field -> count(request, field, Kind.WRITE));
    request.missing().forEach(each -> count(request, each.field(), Kind.MISSED));
  }

  private void count(RequestRecord request, String field, Kind kind) {
    counts
        .computeIfAbsent(
            new Edge(request.environment(), request.route().service(), field, kind),
            _ -> new LongAdder())
        .increment();
  }

  /** How often it happened. */
  long count(String environment, String service, String field, Kind kind) {
    LongAdder count = counts.get(new Edge(environment, service, field, kind));
    return count == null ? 0 : count.sum();
  }
}
