package dev.kinto.gateway;

import dev.kinto.gateway.accesslog.AccessLog;
import dev.kinto.gateway.admin.Traffic;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.config.TracingConfig;
import dev.kinto.gateway.metrics.Metrics;
import dev.kinto.gateway.observe.ExistingNames;
import dev.kinto.gateway.observe.Observer;
import dev.kinto.gateway.observe.Observers;
import dev.kinto.gateway.observe.RecentRequests;
import dev.kinto.gateway.observe.RouteName;
import dev.kinto.gateway.route.BoundRoute;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.Service;
import dev.kinto.gateway.tracing.Tracing;
import dev.kinto.gateway.upstream.UpstreamClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * All who are told of requests (contract C45 to C48), from the start of a gateway to its end.
 *
 * @param recent the last requests; none are kept if there is no room for any
 * @param accessLog a line for each request
 * @param metrics what is counted; empty if that is off
 * @param tracing sends spans to a collector; empty if there is none
 * @param traffic how often fields were set and read
 * @param observers all of these
 */
record Observability(
    RecentRequests recent,
    AccessLog accessLog,
    Optional<Metrics> metrics,
    Optional<Tracing> tracing,
    Traffic traffic,
    Observers observers)
    implements AutoCloseable {

  static Observability of(GatewayConfig config, LongSupplier nanoTime, InstantSource clock) {
    RecentRequests recent =
        new RecentRequests(config.recentRequests().count(), config.recentRequests().bytes());
    AccessLog accessLog = new AccessLog(config.accessLog());
    Optional<Metrics> metrics = config.metrics() ? Optional.of(new Metrics()) : Optional.empty();
    Traffic traffic = new Traffic(nanoTime, clock);
    traffic.setOn(config.admin().isOn());
    List<Observer> all = new ArrayList<>(List.of(recent, accessLog, traffic));
    metrics.ifPresent(all::add);
    Optional<Tracing> tracing = config.tracing().map(Tracing::new);
    tracing.ifPresent(all::add);
    double ratio = config.tracing().map(TracingConfig::ratio).orElse(1.0);
    return new Observability(
        recent, accessLog, metrics, tracing, traffic, new Observers(all, ratio));
  }

  /** Another state is in force. */
  void follow(Environments environments) {
    accessLog.reload(environments.config().accessLog());
    traffic.setOn(environments.config().admin().isOn());
  }

  /**
   * Forgets what was counted of names that are no more: another state, or manifest, is in force.
   */
  void keepOnly(Environments environments, UpstreamClient upstreams) {
    ExistingNames names = names(environments);
    traffic.keepOnly(names);
    metrics.ifPresent(each -> each.keepOnly(names, Conditions.upstreams(environments, upstreams)));
  }

  private static ExistingNames names(Environments environments) {
    Set<RouteName> routes = new HashSet<>();
    Set<String> fields = new HashSet<>();
    for (Service service : environments.services()) {
      for (BoundRoute route : service.boundRoutes()) {
        routes.add(route.name());
        route.reads().forEach(each -> fields.add(each.folded()));
        fields.addAll(route.writes().keySet());
      }
    }
    GatewayConfig config = environments.config();
    Set<String> services =
        config.services().keySet().stream().map(ServiceId::service).collect(Collectors.toSet());
    return new ExistingNames(config.environments().keySet(), services, routes, fields);
  }

  /** What became of a reload; one that is refused opens the access log again, too. */
  void reloaded(boolean taken) {
    accessLog.reopen();
    metrics.ifPresent(each -> each.reloaded(taken));
  }

  /** A manifest that a microservice showed is not taken. */
  void manifestRefused(ServiceId service) {
    metrics.ifPresent(each -> each.manifestRefused(service.service()));
  }

  /** Does what is left. */
  @Override
  public void close() {
    accessLog.close();
    tracing.ifPresent(Tracing::close);
    metrics.ifPresent(Metrics::close);
  }
}
