package dev.kinto.gateway.metrics;

import dev.kinto.gateway.observe.RequestRecord;
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
  private final Tags tags;
  private final Timer time;
  private final Map<Integer, Counter> byStatus = new ConcurrentHashMap<>();

  RouteMeters(MeterRegistry registry, String listener, RouteName name) {
    this.registry = registry;
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
  }

  private Counter status(int status) {
    return Counter.builder("kinto.requests")
        .description("Requests that have ended, refused ones too")
        .tags(tags)
        .tag("status", Integer.toString(status))
        .register(registry);
  }

  /** The route is no more. */
  void remove() {
    registry.remove((Meter) time);
    byStatus.values().forEach(registry::remove);
  }
}
