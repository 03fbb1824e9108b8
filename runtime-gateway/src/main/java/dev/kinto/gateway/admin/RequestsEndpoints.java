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
import java.util.OptionalLong;
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
            AdminApi.parameter("status", "Only those with this status, or class of them: 404, 5xx"),
            AdminApi.parameter("code", "Only those that the gateway refused with this code"),
            AdminApi.parameter("route", "Only those of a route: GET /articles/{id}"),
            AdminApi.parameter("client", "Only those of this client"),
            AdminApi.parameter("session", "Only those of the session of this id"),
            new Parameter("limit", "How many requests at most", Form.LIMIT),
            AdminApi.parameter("after", "The next of the page before, for older ones")),
        RequestsView.class,
        call -> {
          RecentRequests.Page page =
              recent.list(filter(call.query()), call.query().limit(), after(call.query()));
          return new RequestsView(
              page.requests().stream().map(this::view).toList(),
              page.next().stream().mapToObj(Long::toString).findFirst());
        });
  }

  private static RecentRequests.Filter filter(Query query) {
    String status = query.text("status").orElse("");
    if (!status.matches("|[1-5](\\d\\d|xx)")) {
      throw Query.refused("\"status\" is a status, 404, or a class of them, 5xx.");
    }
    return new RecentRequests.Filter(
        status,
        query.text("code").orElse(""),
        query.text("route").orElse(""),
        query.text("client").orElse(""),
        query.text("session").orElse(""));
  }

  private static OptionalLong after(Query query) {
    Optional<String> text = query.text("after");
    if (text.filter(each -> !each.matches("\\d{1,18}")).isPresent()) {
      throw Query.refused("\"after\" is what the page before has as \"next\". Begin without it.");
    }
    return text.map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty);
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
