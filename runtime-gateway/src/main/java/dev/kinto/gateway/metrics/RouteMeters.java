package dev.kinto.gateway.metrics;

import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.observe.RequestRecord.Removed;
import dev.kinto.gateway.observe.RouteName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of one route on one listener. */
final class RouteMeters {
  private final MeterRegistry registry;
  private final RouteName name;
  private final Tags tags;
  private final Timer time;
  private final Map<Integer, Counter> byStatus = new ConcurrentHashMap<>();
  private final Map<String, Counter> removedByOwner = new ConcurrentHashMap<>();
  private final Map<String, Counter> undeclared = new ConcurrentHashMap<>();

  RouteMeters(MeterRegistry registry, String listener, RouteName name) {
    this.registry = registry;
    this.name = name;
    this.tags =
        Tags.of(
            "listener",
            listener,
            "environment",
            name.environment(),
            "service",
            name.service(),
            "route",
            name.called());
    this.time =
        Buckets.timer(
            "kinto.request",
            "From the head of a request to the last byte of its answer",
            tags,
            registry);
  }

  void ended(RequestRecord request) {
    time.record(request.time());
    byStatus.computeIfAbsent(request.status(), this::status).increment();
    for (Removed each : request.removed()) {
      removedByOwner.computeIfAbsent(each.owner(), this::removed).increment();
    }
    if (!request.undeclared().isEmpty()) {
      undeclared
          .computeIfAbsent(name.service(), this::undeclared)
          .increment(request.undeclared().size());
    }
  }

  private Counter status(int status) {
    return Counter.builder("kinto.requests")
        .description("Requests that have ended, refused ones too")
        .tags(tags)
        .tag("status", Integer.toString(status))
        .register(registry);
  }

  private Counter removed(String owner) {
    return Counter.builder("kinto.removed.headers")
        .description("Headers that clients sent in vain, by whose session space they lie in")
        .tag("route", name.called())
        .tag("owner", owner)
        .register(registry);
  }

  private Counter undeclared(String service) {
    return Counter.builder("kinto.undeclared.writes")
        .description("Session fields that a microservice set without declaring them")
        .tag("service", service)
        .tag("route", name.called())
        .register(registry);
  }

  /** The route is no more. */
  void remove() {
    registry.remove((Meter) time);
    byStatus.values().forEach(registry::remove);
    removedByOwner.values().forEach(registry::remove);
    undeclared.values().forEach(registry::remove);
  }
}
