package dev.kinto.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kinto.gateway.admin.ConfigurationView.SettingView;
import dev.kinto.gateway.admin.Endpoint.Call;
import dev.kinto.gateway.admin.Endpoint.Parameter;
import dev.kinto.gateway.config.GatewayConfig;
import dev.kinto.gateway.contracts.RouteTree;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.observe.RecentRequests;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.Target;
import dev.kinto.gateway.session.SessionGrid;
import dev.kinto.gateway.session.StoredSessions;
import dev.kinto.gateway.throttle.Throttle;
import dev.kinto.gateway.upstream.UpstreamClient;
import dev.kinto.manifest.PathTemplate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin API (contract C44): {@code /api/…}, for operators with their secret, and the {@link
 * Console}. Immutable; made anew for each state of the gateway.
 */
public final class AdminApi implements ExchangeHandler {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  private final Operators operators;
  private final Console console;
  private final RouteTree<Endpoint> routes = new RouteTree<>();

  /**
   * The API of a state.
   *
   * @param environments the configuration, and the microservices and clients that it has
   * @param warnings what an operator should know of them
   * @param upstreams how they are reached
   * @param grid where sessions are kept
   * @param sessions those of the whole grid
   * @param recent the last requests
   * @param traffic how often fields were set and read
   * @param throttle how many wrong secrets came lately, and how much large work is under way
   * @param reloads what became of reloads
   * @param console who is logged in to the console
   * @param clock the time that sessions go by
   */
  public AdminApi(
      Environments environments,
      List<String> warnings,
      UpstreamClient upstreams,
      SessionGrid grid,
      StoredSessions sessions,
      RecentRequests recent,
      Traffic traffic,
      Throttle throttle,
      Reloads reloads,
      ConsoleSessions console,
      InstantSource clock) {
    this.operators = new Operators(environments.config().admin(), throttle);
    this.console = new Console(operators, console, this::answer);
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(
        get(
            "/api/environments",
            "The environments, their microservices, upstreams and clients",
            EnvironmentsView.class,
            _ -> new EnvironmentsReport(environments, upstreams).view()));
    endpoints.addAll(
        new SessionsEndpoints(sessions, environments.config().admin(), throttle, clock).all());
    endpoints.addAll(
        new RequestsEndpoints(recent, environments.config().admin().sensitive()).all());
    endpoints.add(
        get(
            "/api/graph",
            "Who sets which session field, and who reads it",
            GraphView.class,
            _ -> new GraphReport(environments, traffic).view()));
    endpoints.add(
        get(
            "/api/traffic",
            "How often routes and upstreams are called, how many calls fail, and how long they"
                + " take",
            TrafficView.class,
            _ -> traffic.view()));
    endpoints.add(
        get(
            "/api/configuration",
            "The configuration in force, and the last reload",
            ConfigurationView.class,
            _ -> configuration(environments.config(), warnings, reloads)));
    endpoints.add(
        get(
            "/api/grid",
            "Where sessions are kept, and on which nodes",
            GridView.class,
            _ -> GridReport.of(grid, environments.config().grid())));
    endpoints.add(
        get(
            "/api/openapi.json",
            "This description",
            Object.class,
            _ -> OpenApi.document(endpoints)));
    endpoints.forEach(
        each ->
            routes.add(
                PathTemplate.parse(each.path()), UnaryOperator.identity(), each.method(), each));
  }

  private static ConfigurationView configuration(
      GatewayConfig config, List<String> warnings, Reloads reloads) {
    return new ConfigurationView(
        config.digest(),
        config.places().path(),
        reloads.inForceSince(),
        config.places().settings().stream()
            .map(each -> new SettingView(each.key(), each.line(), each.source()))
            .toList(),
        config.admin().index().stream().sorted().toList(),
        warnings,
        reloads.last());
  }

  private static Endpoint get(
      String path, String summary, Class<?> answer, Endpoint.Handler handler) {
    return new Endpoint("GET", path, summary, "", List.of(), answer, handler);
  }

  /** A parameter of a query. */
  static Parameter parameter(String name, String description) {
    return new Parameter(name, description, Endpoint.Form.TEXT);
  }

  @Override
  public void handle(ClientRequest request, ClientResponse response, Observation observation) {
    String requestId = observation.requestId();
    Target target = Target.parse(request.target()); // 400
    if (Console.has(target.path())) {
      console.answer(request, target, response, requestId);
    } else {
      response.always(List.of(HeaderLine.of("X-Content-Type-Options", "nosniff")));
      answer(request, target, operators.known(request).id(), response, requestId); // 401 404 429
    }
  }

  private void answer(
      ClientRequest request,
      Target target,
      String operator,
      ClientResponse response,
      String requestId) {
    Endpoint endpoint = find(request.method(), target.path()); // 404 405
    Query query = Query.read(target.query(), endpoint.parameters()); // 400
    String last = target.path().substring(target.path().lastIndexOf('/') + 1);
    Call call = new Call(operator, last, query, requestId);
    byte[] body = beside(() -> JSON.writeValueAsBytes(endpoint.handler().answer(call)));
    send(body, response, requestId);
  }

  /** On a thread of its own: requests share few, and an answer here may take seconds of work. */
  private static byte[] beside(Supplier<byte[]> work) {
    try {
      return CompletableFuture.supplyAsync(
              work, run -> Thread.ofPlatform().daemon().name("kinto-admin").start(run))
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Endpoint find(String method, String path) {
    Endpoint endpoint = routes.find(method, path);
    if (endpoint != null) {
      return endpoint;
    }
    Set<String> allowed = routes.methods(path);
    if (allowed.isEmpty()) {
      throw new Refusal(
          ProblemCode.ADDRESS_UNKNOWN,
          "There is no such address here. GET /api/openapi.json lists all of them.");
    }
    throw new Refusal.MethodNotAllowed(method, allowed);
  }

  private static void send(byte[] body, ClientResponse response, String requestId) {
    response.send(
        new ResponseHead(
            200,
            "OK",
            List.of(
                HeaderLine.of("Content-Type", "application/json"),
                HeaderLine.of("Cache-Control", "no-store"),
                HeaderLine.of("Kinto-Request-Id", requestId)),
            OptionalLong.of(body.length)),
        body);
  }
}
