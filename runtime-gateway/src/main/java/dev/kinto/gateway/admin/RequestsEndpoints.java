package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.Endpoint.Form;
import dev.kinto.gateway.admin.Endpoint.Parameter;
import dev.kinto.gateway.admin.RequestsView.MissingView;
import dev.kinto.gateway.admin.RequestsView.RemovedView;
import dev.kinto.gateway.admin.RequestsView.RequestView;
import dev.kinto.gateway.admin.SessionsView.FieldView;
import dev.kinto.gateway.config.SensitiveFields;
import dev.kinto.gateway.observe.RecentRequests;
import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.observe.Why;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Tells what became of the last requests of this gateway (contract C45). */
final class RequestsEndpoints {
  private final RecentRequests recent;
  private final SensitiveFields sensitive;

  RequestsEndpoints(RecentRequests recent, SensitiveFields sensitive) {
    this.recent = recent;
    this.sensitive = sensitive;
  }

  List<Endpoint> all() {
    return List.of(list(), one());
  }

  private Endpoint list() {
    return new Endpoint(
        "GET",
        "/api/requests",
        "The last requests of this gateway",
        "",
        List.of(
            AdminApi.parameter("code", "Only those that the gateway refused with this code"),
            AdminApi.parameter("route", "Only those of a route: GET /articles/{id}"),
            AdminApi.parameter("session", "Only those of the session of this id"),
            new Parameter("limit", "How many requests at most", Form.LIMIT)),
        RequestsView.class,
        call -> {
          RecentRequests.Filter filter =
              new RecentRequests.Filter(
                  call.query().text("code").orElse(""),
                  call.query().text("route").orElse(""),
                  call.query().text("session").orElse(""));
          return new RequestsView(
              recent.list(filter, call.query().limit()).stream().map(this::view).toList());
        });
  }

  private Endpoint one() {
    return new Endpoint(
        "GET",
        "/api/requests/{requestId}",
        "What became of a request, by the id that its client has",
        "",
        List.of(),
        RequestView.class,
        call ->
            recent
                .find(call.last())
                .map(this::view)
                .orElseThrow(
                    () ->
                        new Refusal(
                            ProblemCode.REQUEST_UNKNOWN,
                            "It is not among the last requests of this gateway. Ask the gateway"
                                + " that answered it; \"recentRequests\" in the configuration says"
                                + " how many are kept.")));
  }

  private RequestView view(RequestRecord request) {
    return new RequestView(
        request.requestId(),
        request.began(),
        Why.of(request),
        request.listener(),
        request.address(),
        unlessEmpty(request.client()),
        unlessEmpty(request.environment()),
        request.session().map(UUID::toString),
        unlessEmpty(request.route().service()),
        unlessEmpty(request.route().called()),
        request.method(),
        request.path(),
        request.injected().stream()
            .map(each -> FieldView.of(each.field(), each.value(), sensitive))
            .toList(),
        request.config(),
        request.removed().stream()
            .map(each -> new RemovedView(each.name(), unlessEmpty(each.owner())))
            .toList(),
        request.missing().stream()
            .map(each -> new MissingView(each.field(), each.providers()))
            .toList(),
        request.written(),
        request.undeclared(),
        unlessEmpty(request.upstream().text()),
        millis(request.upstreamTime()),
        request.status(),
        unlessEmpty(request.code()),
        unlessEmpty(request.detail()),
        request.bytes(),
        millis(request.time()));
  }

  private static Optional<String> unlessEmpty(String text) {
    return Optional.of(text).filter(each -> !each.isEmpty());
  }

  private static double millis(Duration time) {
    return TimeUnit.NANOSECONDS.toMicros(time.toNanos()) / 1_000.0;
  }
}
