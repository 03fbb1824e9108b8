package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.TrafficView.RouteFlowView;
import dev.kinto.gateway.admin.TrafficView.UpstreamFlowView;
import dev.kinto.gateway.observe.ExistingNames;
import dev.kinto.gateway.observe.Observer;
import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.observe.RouteName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What is called, since the gateway started: routes, upstreams, and the session fields that
 * microservices set, read and missed, the traffic on the contracts (contract C44). Counted while
 * there is an admin API. Its names are those of the manifests in force, so they do not grow beyond
 * them. Safe for use by any number of threads.
 */
public final class Traffic implements Observer {
  /**
   * Names of upstreams may stand for ever other addresses: beyond this, idle ones are forgotten.
   */
  private static final int MANY_UPSTREAMS = 1_000;

  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final Instant since;
  private final Flow all = new Flow();
  private final Flow.Hour hour = new Flow.Hour();
  private final Map<RouteName, Flow> routes = new ConcurrentHashMap<>();
  private final Map<Upstream, Flow> upstreams = new ConcurrentHashMap<>();
  private final Map<Edge, Counter> edges = new ConcurrentHashMap<>();
  private volatile boolean counting;

  /** What happened between a microservice and a field. */
  enum Kind {
    /** It set or removed the field. */
    WRITE,
    /** It was sent the field. */
    READ,
    /** It was not called, for the session had not the field. */
    MISSED,
    /** It was sent the field, and the call was answered with 5xx. */
    FAILED
  }

  private record Edge(String environment, String service, String field, Kind kind) {}

  private record Upstream(String environment, String service, String address) {}

  private record Microservice(String environment, String service) {}

  /**
   * How often something happened.
   *
   * @param count since the gateway started
   * @param perSecond in the last minute
   */
  record Rate(long count, double perSecond) {
    private static final Rate NONE = new Rate(0, 0);
  }

  /** How often something happened, in all and lately. */
  private static final class Counter {
    private final LongAdder all = new LongAdder();
    private final Timeline lately = new Timeline(2, Flow.LATELY, 1);

    void increment(long now) {
      all.increment();
      lately.add(now, 0);
    }

    Rate rate(long now) {
      return new Rate(all.sum(), Flow.perSecond(lately.lately(now)[0]));
    }
  }

  /**
   * Nothing has been counted yet.
   *
   * @param nanoTime how time goes by, as {@link System#nanoTime}
   * @param clock what time it is
   */
  public Traffic(LongSupplier nanoTime, InstantSource clock) {
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Counts from now on, or no more. */
  public void setOn(boolean on) {
    counting = on;
  }

  /** Forgets the microservices, routes and fields that are no more. */
  public void keepOnly(ExistingNames names) {
    Set<Microservice> existing =
        names.routes().stream()
            .map(route -> new Microservice(route.environment(), route.service()))
            .collect(Collectors.toSet());
    edges
        .keySet()
        .removeIf(
            edge ->
                !existing.contains(new Microservice(edge.environment(), edge.service()))
                    || !names.hasField(edge.field()));
    routes.keySet().removeIf(route -> !names.has(route));
    upstreams
        .keySet()
        .removeIf(each -> !existing.contains(new Microservice(each.environment(), each.service())));
  }

  @Override
  public boolean listens() {
    return counting;
  }

  @Override
  public void ended(RequestRecord request) {
    long now = nanoTime.getAsLong();
    all.count(request.status(), request.time(), now);
    hour.count(request.status(), request.time(), now);
    RouteName route = request.route();
    if (!route.called().isEmpty()) {
      routes.computeIfAbsent(route, _ -> new Flow()).count(request.status(), request.time(), now);
    }
    if (!request.upstream().isNone()) {
      upstream(new Upstream(route.environment(), route.service(), request.upstream().text()), now)
          .count(request.status(), request.upstreamTime(), now);
    }
    boolean failed = request.status() >= 500;
    request
        .injected()
        .forEach(
            each -> {
              count(request, each.field(), Kind.READ, now);
              if (failed) {
                count(request, each.field(), Kind.FAILED, now);
              }
            });
    request.written().forEach(field -> count(request, field, Kind.WRITE, now));
    request.missing().forEach(each -> count(request, each.field(), Kind.MISSED, now));
  }

  private Flow upstream(Upstream name, long now) {
    Flow known = upstreams.get(name);
    if (known != null) {
      return known;
    }
    if (upstreams.size() >= MANY_UPSTREAMS) {
      upstreams.values().removeIf(each -> each.isIdle(now));
    }
    return upstreams.computeIfAbsent(name, _ -> new Flow());
  }

  private void count(RequestRecord request, String field, Kind kind, long now) {
    edges
        .computeIfAbsent(
            new Edge(request.environment(), request.route().service(), field, kind),
            _ -> new Counter())
        .increment(now);
  }

  /** How often it happened. */
  Rate rate(String environment, String service, String field, Kind kind) {
    Counter counter = edges.get(new Edge(environment, service, field, kind));
    return counter == null ? Rate.NONE : counter.rate(nanoTime.getAsLong());
  }

  /** All that is counted of routes and upstreams. */
  TrafficView view() {
    long now = nanoTime.getAsLong();
    return new TrafficView(
        since,
        Flow.LATELY.toSeconds(),
        all.view(now),
        hour.view(now, clock.instant()),
        routes.entrySet().stream()
            .map(
                each ->
                    new RouteFlowView(
                        each.getKey().environment(),
                        each.getKey().service(),
                        each.getKey().called(),
                        each.getValue().view(now)))
            .sorted(
                Comparator.comparing(RouteFlowView::environment)
                    .thenComparing(RouteFlowView::service)
                    .thenComparing(RouteFlowView::route))
            .toList(),
        upstreams.entrySet().stream()
            .map(
                each ->
                    new UpstreamFlowView(
                        each.getKey().environment(),
                        each.getKey().service(),
                        each.getKey().address(),
                        each.getValue().view(now)))
            .sorted(
                Comparator.comparing(UpstreamFlowView::environment)
                    .thenComparing(UpstreamFlowView::service)
                    .thenComparing(UpstreamFlowView::address))
            .toList());
  }
}
