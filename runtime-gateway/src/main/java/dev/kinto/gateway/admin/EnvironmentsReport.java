package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.EnvironmentsView.ClientView;
import dev.kinto.gateway.admin.EnvironmentsView.EnvironmentView;
import dev.kinto.gateway.admin.EnvironmentsView.FailureView;
import dev.kinto.gateway.admin.EnvironmentsView.ReadView;
import dev.kinto.gateway.admin.EnvironmentsView.RouteView;
import dev.kinto.gateway.admin.EnvironmentsView.ServiceView;
import dev.kinto.gateway.admin.EnvironmentsView.UpstreamState;
import dev.kinto.gateway.admin.EnvironmentsView.UpstreamView;
import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.config.EnvironmentConfig;
import dev.kinto.gateway.config.HealthCheck;
import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.config.Sha256;
import dev.kinto.gateway.http.IpAddress;
import dev.kinto.gateway.route.BoundRoute;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.Service;
import dev.kinto.gateway.upstream.UpstreamClient;
import dev.kinto.gateway.upstream.UpstreamStatus;
import dev.kinto.manifest.Manifest;
import java.util.List;
import java.util.Optional;

/** Tells of the environments, and of how their upstreams are at the moment. */
final class EnvironmentsReport {
  private final Environments environments;
  private final UpstreamClient upstreams;

  EnvironmentsReport(Environments environments, UpstreamClient upstreams) {
    this.environments = environments;
    this.upstreams = upstreams;
  }

  EnvironmentsView view() {
    return new EnvironmentsView(
        environments.config().environments().values().stream().map(this::view).toList());
  }

  private EnvironmentView view(EnvironmentConfig environment) {
    return new EnvironmentView(
        environment.name(),
        environment.services().values().stream().map(each -> view(environment, each)).toList(),
        environments.config().clients().values().stream()
            .filter(client -> client.environment().equals(environment.name()))
            .map(EnvironmentsReport::view)
            .toList());
  }

  private ServiceView view(EnvironmentConfig environment, ServiceConfig config) {
    Optional<Service> service = environments.named(environment.name()).service(config.name());
    return new ServiceView(
        config.name(),
        service.isPresent(),
        config.manifestName(),
        service.map(Service::manifest).map(Manifest::toJson).map(Sha256::hex),
        config.healthCheck().map(HealthCheck::path),
        service
            .map(each -> upstreams.statusOf(each).stream().map(EnvironmentsReport::view).toList())
            .orElseGet(() -> config.upstreams().stream().map(EnvironmentsReport::unknown).toList()),
        service
            .map(each -> each.boundRoutes().stream().map(EnvironmentsReport::view).toList())
            .orElse(List.of()));
  }

  private static UpstreamView view(UpstreamStatus status) {
    return new UpstreamView(
        status.text(),
        status.origin().toString(),
        status.address().map(IpAddress::text),
        state(status),
        status.healthy(),
        status.inFlight(),
        status.webSockets(),
        status.lastFailure().map(each -> new FailureView(each.at(), each.reason())));
  }

  private static UpstreamState state(UpstreamStatus status) {
    if (!status.inUse()) {
      return UpstreamState.DOWN;
    }
    return status.address().isEmpty() ? UpstreamState.UNKNOWN : UpstreamState.UP;
  }

  private static UpstreamView unknown(HttpOrigin origin) {
    return new UpstreamView(
        origin.toString(),
        origin.toString(),
        Optional.empty(),
        UpstreamState.UNKNOWN,
        Optional.empty(),
        0,
        0,
        Optional.empty());
  }

  private static RouteView view(BoundRoute bound) {
    return new RouteView(
        bound.route().name(),
        bound.route().method(),
        bound.route().path().text(),
        Optional.of(bound.route().title()).filter(title -> !title.isEmpty()),
        bound.isPublic(),
        bound.route().rotatesToken(),
        bound.reads().stream()
            .map(read -> new ReadView(read.field().spelling(), read.required()))
            .toList(),
        bound.route().writes().stream().map(write -> write.field().spelling()).toList(),
        bound.route().config().stream().map(read -> read.field().spelling()).toList());
  }

  private static ClientView view(ClientConfig client) {
    return new ClientView(
        client.id(),
        client.secrets().count(),
        client.allowedOrigins().stream().sorted().toList(),
        client.cookie(),
        client.lifetime().idle().toSeconds(),
        client.lifetime().max().toSeconds());
  }
}
