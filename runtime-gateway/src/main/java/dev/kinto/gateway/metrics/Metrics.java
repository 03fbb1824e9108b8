package dev.kinto.gateway.metrics;

import dev.kinto.gateway.observe.Observer;
import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.observe.RequestRecord.Injected;
import dev.kinto.gateway.observe.RouteName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Counts and measures what requests tell, and how the gateway is (contract C46). Labels are the
 * names of the configuration and of manifests, never what a client sends. The meters of a route are
 * found once, with its first request; afterwards a request costs some additions. Safe for use by
 * any number of threads.
 */
public final class Metrics implements Observer, AutoCloseable {
  /** The media type of what {@link #scrape} gives. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final MultiGauge up;
  private final MultiGauge inFlight;
  private volatile Condition now = new Condition(List.of(), 0, 0, false);
  private final Map<String, Map<RouteName, RouteMeters>> routes = new ConcurrentHashMap<>();
  private final Map<String, UpstreamMeters> upstreams = new ConcurrentHashMap<>();
  private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
  private final Map<String, Counter> reads = new ConcurrentHashMap<>();
  private final Map<String, Counter> writes = new ConcurrentHashMap<>();

  /** Begins to count. */
  public Metrics() {
    // Their names are not what Prometheus' rules for names allow.
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    this.up =
        MultiGauge.builder("kinto.upstream.up")
            .description("Whether the address is called: 0 while it is set aside")
            .register(registry);
    this.inFlight =
        MultiGauge.builder("kinto.upstream.in.flight")
            .description("Requests that the address has at the moment")
            .register(registry);
    gauge(
        "kinto.sessions", "Sessions that this node keeps, copies not counted", Condition::sessions);
    gauge("kinto.grid.nodes", "Nodes of the grid that are seen", Condition::gridNodes);
    gauge(
        "kinto.grid.available",
        "Whether sessions can be read",
        each -> each.gridAvailable() ? 1 : 0);
    for (String result : List.of("success", "failure")) {
      reloads(result);
    }
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<Condition> value) {
    Gauge.builder(name, () -> value.applyAsDouble(now)).description(description).register(registry);
  }

  @Override
  public void ended(RequestRecord request) {
    RouteMeters meters =
        routes
            .computeIfAbsent(request.listener(), _ -> new ConcurrentHashMap<>())
            .computeIfAbsent(
                nameOf(request), name -> new RouteMeters(registry, request.listener(), name));
    meters.ended(request);
    if (!request.upstream().isEmpty()) {
      upstreams
          .computeIfAbsent(request.upstream(), _ -> new UpstreamMeters(registry))
          .ended(request);
    }
    if (request.refused()) {
      refusals.computeIfAbsent(request.code(), this::refusal).increment();
    }
    for (Injected each : request.injected()) {
      reads.computeIfAbsent(each.field(), this::read).increment();
    }
    for (String each : request.written()) {
      writes.computeIfAbsent(each, this::write).increment();
    }
  }

  /** What hit no route of a microservice is told apart by its environment only. */
  private static RouteName nameOf(RequestRecord request) {
    RouteName route = request.route();
    return !route.environment().isEmpty() || request.environment().isEmpty()
        ? route
        : new RouteName(request.environment(), route.service(), route.declared(), route.called());
  }

  private Counter refusal(String code) {
    return Counter.builder("kinto.refusals")
        .description("Requests that the gateway answered itself, by the code of the answer")
        .tag("code", code)
        .register(registry);
  }

  private Counter read(String field) {
    return Counter.builder("kinto.session.reads")
        .description("Session fields sent to microservices")
        .tag("field", field)
        .register(registry);
  }

  private Counter write(String field) {
    return Counter.builder("kinto.session.writes")
        .description("Session fields saved or removed by microservices")
        .tag("field", field)
        .register(registry);
  }

  /** A reload was taken, or refused. */
  public void reloaded(boolean taken) {
    reloads(taken ? "success" : "failure").increment();
  }

  private Counter reloads(String result) {
    return Counter.builder("kinto.reloads")
        .description("Reloads of the configuration")
        .tag("result", result)
        .register(registry);
  }

  /** A manifest that a microservice showed is not taken. */
  public void manifestRefused(String service) {
    Counter.builder("kinto.manifest.refused")
        .description("Manifests that a microservice showed and the gateway did not take")
        .tag("service", service)
        .register(registry)
        .increment();
  }

  /** Forgets the meters of all routes but these, which are no more. */
  public void keepOnly(Set<RouteName> existing) {
    for (Map<RouteName, RouteMeters> each : routes.values()) {
      each.entrySet()
          .removeIf(
              entry -> {
                RouteName name = entry.getKey();
                boolean gone = !name.service().isEmpty() && !existing.contains(name);
                if (gone) {
                  entry.getValue().remove();
                }
                return gone;
              });
    }
  }

  /**
   * All of it in Prometheus' text format.
   *
   * @param asked how the gateway is now
   */
  public synchronized String scrape(Condition asked) {
    now = asked;
    up.register(rows(asked, each -> each.up() ? 1 : 0), true);
    inFlight.register(rows(asked, Condition.Upstream::inFlight), true);
    Set<String> known =
        asked.upstreams().stream().map(Condition.Upstream::address).collect(Collectors.toSet());
    upstreams
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !known.contains(entry.getKey());
              if (gone) {
                entry.getValue().remove();
              }
              return gone;
            });
    return registry.scrape();
  }

  private static List<Row<?>> rows(Condition asked, ToDoubleFunction<Condition.Upstream> value) {
    List<Row<?>> rows = new ArrayList<>();
    for (Condition.Upstream each : asked.upstreams()) {
      Tags tags =
          Tags.of(
              "environment",
              each.environment(),
              "service",
              each.service(),
              "address",
              each.address());
      rows.add(Row.of(tags, value.applyAsDouble(each)));
    }
    return rows;
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
