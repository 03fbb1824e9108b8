package dev.kinto.gateway.metrics;

import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.observe.RouteName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long one address takes to answer, for each microservice that runs there. */
final class UpstreamMeters {
  private final MeterRegistry registry;
  private final Map<String, Map<String, Timer>> timers = new ConcurrentHashMap<>();

  UpstreamMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void ended(RequestRecord request) {
    RouteName route = request.route();
    timers
        .computeIfAbsent(route.environment(), _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(route.service(), _ -> timer(route, request.upstream()))
        .record(request.upstreamTime());
  }

  private Timer timer(RouteName route, String address) {
    return Buckets.timer(
        "kinto.upstream",
        "From the first attempt to the head of the upstream's answer",
        Tags.of("environment", route.environment(), "service", route.service(), "address", address),
        registry);
  }

  void remove() {
    timers.values().forEach(each -> each.values().forEach(registry::remove));
  }
}
