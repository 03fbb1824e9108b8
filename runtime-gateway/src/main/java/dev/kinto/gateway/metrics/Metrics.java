package dev.kinto.gateway.metrics;

import dev.kinto.gateway.observe.ExistingNames;
import dev.kinto.gateway.observe.Observer;
import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.observe.RequestRecord.Injected;
import dev.kinto.gateway.observe.RequestRecord.Removed;
import dev.kinto.gateway.observe.RouteName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
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
import java.util.function.Consumer;
import java.util.function.Predicate;
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
  private final Map<Address, Timer> upstreams = new ConcurrentHashMap<>();
  private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
  private final Map<String, Counter> reads = new ConcurrentHashMap<>();
  private final Map<String, Counter> writes = new ConcurrentHashMap<>();

  private final Map<String, Counter> refusedManifests = new ConcurrentHashMap<>();

  // By their labels, which know no environments: routes of several may share one.
  private final Map<Removal, Counter> removals = new ConcurrentHashMap<>();
  private final Map<Undeclared, Counter> undeclared = new ConcurrentHashMap<>();

  private record Address(String environment, String service, String address) {}

  private record Removal(String route, String owner) {}

  private record Undeclared(String service, String route) {}

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
    RouteName route = request.route();
    if (!request.upstream().isNone()) {
      upstreams
          .computeIfAbsent(
              new Address(route.environment(), route.service(), request.upstream().text()),
              this::upstream)
          .record(request.upstreamTime());
    }
    for (Removed each : request.removed()) {
      removals
          .computeIfAbsent(new Removal(route.called(), each.owner()), this::removal)
          .increment();
    }
    if (!request.undeclared().isEmpty()) {
      undeclared
          .computeIfAbsent(new Undeclared(route.service(), route.called()), this::undeclared)
          .increment(request.undeclared().size());
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

  private Timer upstream(Address upstream) {
    return Buckets.timer(
        "kinto.upstream",
        "From the first attempt to the head of the upstream's answer",
        Tags.of(
            "environment",
            upstream.environment(),
            "service",
            upstream.service(),
            "address",
            upstream.address()),
        registry);
  }

  private Counter removal(Removal removal) {
    return Counter.builder("kinto.removed.headers")
        .description("Headers that clients sent in vain, by whose session space they lie in")
        .tag("route", removal.route())
        .tag("owner", removal.owner())
        .register(registry);
  }

  private Counter undeclared(Undeclared write) {
    return Counter.builder("kinto.undeclared.writes")
        .description("Session fields that a microservice set without declaring them")
        .tag("service", write.service())
        .tag("route", write.route())
        .register(registry);
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
    refusedManifests.computeIfAbsent(service, this::refusedManifest).increment();
  }

  private Counter refusedManifest(String service) {
    return Counter.builder("kinto.manifest.refused")
        .description("Manifests that a microservice showed and the gateway did not take")
        .tag("service", service)
        .register(registry);
  }

  /**
   * Forgets what is counted of all but these, which is no more, and counts from now on what is to
   * be seen from its beginning.
   *
   * @param names the names that there are
   * @param addresses the addresses that microservices run at
   */
  public void keepOnly(ExistingNames names, List<Condition.Upstream> addresses) {
    Set<String> called = ConcurrentHashMap.newKeySet();
    for (Map<RouteName, RouteMeters> each : routes.values()) {
      forget(each, names::has, RouteMeters::remove);
      each.keySet().forEach(name -> called.add(name.called()));
    }
    forget(removals, removal -> called.contains(removal.route()), this::remove);
    forget(undeclared, write -> called.contains(write.route()), this::remove);
    forget(refusedManifests, names.services()::contains, this::remove);
    // From 0 on: Prometheus sees no increase in a series that begins with 1.
    names.services().forEach(each -> refusedManifests.computeIfAbsent(each, this::refusedManifest));
    forget(reads, names::hasField, this::remove);
    forget(writes, names::hasField, this::remove);
    keepOnly(addresses);
  }

  private void keepOnly(List<Condition.Upstream> addresses) {
    Set<Address> known =
        addresses.stream()
            .map(each -> new Address(each.environment(), each.service(), each.address()))
            .collect(Collectors.toSet());
    forget(upstreams, known::contains, this::remove);
  }

  private void remove(Meter meter) {
    registry.remove(meter);
  }

  private static <K, M> void forget(Map<K, M> meters, Predicate<K> exists, Consumer<M> remove) {
    meters
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !exists.test(entry.getKey());
              if (gone) {
                remove.accept(entry.getValue());
              }
              return gone;
            });
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
    keepOnly(asked.upstreams());
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
