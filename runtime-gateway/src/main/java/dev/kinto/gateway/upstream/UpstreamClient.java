package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.config.WebSocketLimits;
import dev.kinto.gateway.http.ClientBodyException;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Service;
import dev.kinto.gateway.schedule.PeriodicTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls microservices over HTTP/1.1, blocking, on kept connections (contract C33, C34). Safe for
 * use by any number of threads.
 */
public final class UpstreamClient implements AutoCloseable {
  private static final String TOO_SLOW = "The microservice did not answer in time.";

  /** Well below the second by which an idle connection is to end before the upstream ends it. */
  private static final Duration SWEEP = Duration.ofMillis(250);

  /** How exactly the time limits of calls are kept. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Map<Origin, ResolvedOrigin> origins = new ConcurrentHashMap<>();
  private final UpstreamCalls calls;

  /** The microservices that want to know whether their upstreams are well. Guarded by this. */
  private Map<Origin, List<Service>> checking = Map.of();

  private final PeriodicTask sweeps;
  private final PeriodicTask clock;

  /**
   * A client.
   *
   * @param maxCalls how many calls there may be at a time, to all upstreams: each takes memory
   * @param webSockets how many of them may be WebSockets
   */
  public UpstreamClient(int maxCalls, WebSocketLimits webSockets) {
    this.calls = new UpstreamCalls(maxCalls, webSockets);
    this.sweeps = PeriodicTask.every(SWEEP, "kinto-upstreams", this::look);
    this.clock = PeriodicTask.every(LOOK, "kinto-call-limits", () -> calls.look(System.nanoTime()));
  }

  /**
   * Calls one of the request's upstreams; one that cannot be connected to is passed over.
   *
   * @throws Refusal upstream-unreachable, upstream-busy, upstream-timeout,
   *     upstream-invalid-response, draining, or what is wrong with the client's own body
   * @throws UncheckedIOException if the client went away
   */
  public UpstreamResponse call(UpstreamRequest sent) {
    UpstreamRequest request = sent.withoutEmptyBody();
    UpstreamCall call = calls.begin(request);
    try {
      return new RetryingCall(request, call, upstreamsOf(request)).answer();
    } catch (IOException e) {
      RuntimeException refusal = refusal(e, call);
      call.end();
      throw refusal instanceof Refusal found ? call.about(found) : refusal;
    } catch (Refusal e) {
      call.end();
      throw call.about(e);
    } catch (RuntimeException | Error e) {
      call.end();
      throw e;
    }
  }

  /**
   * All that can be told of and are well: a name that is not known does not keep the others from
   * serving.
   */
  private List<Upstream> upstreamsOf(UpstreamRequest request) throws ConnectFailedException {
    Service service = request.service();
    List<Upstream> found = new ArrayList<>();
    ConnectFailedException unknown = null;
    Upstream unwell = null;
    for (HttpOrigin address : service.upstreams()) {
      try {
        for (Upstream each : origin(address, service).upstreams()) {
          if (each.isHealthyFor(service)) {
            found.add(each);
          } else {
            unwell = each;
          }
        }
      } catch (ConnectFailedException e) {
        unknown = e;
      }
    }
    if (found.isEmpty() && unknown != null) {
      throw unknown;
    }
    if (found.isEmpty() && unwell != null) {
      throw new ConnectFailedException(
          unwell.endpoint(), new IOException("no upstream passes its health check"));
    }
    return found;
  }

  private ResolvedOrigin origin(HttpOrigin address, Service service) {
    Origin origin = new Origin(address, service.tls());
    ResolvedOrigin known = origins.get(origin);
    return known == null ? ResolvedOrigin.forgotten(origin) : known;
  }

  private void look() {
    long now = System.nanoTime();
    for (ResolvedOrigin origin : origins.values()) {
      origin.refreshIfDue(now);
      origin.sweep(now);
    }
    askIfDue(now);
  }

  private synchronized void askIfDue(long now) {
    origins.forEach(
        (origin, resolved) -> resolved.askIfDue(now, checking.getOrDefault(origin, List.of())));
  }

  private static RuntimeException refusal(Exception failure, UpstreamCall call) {
    if (call.clientGone()) {
      return new UncheckedIOException(new IOException("the client went away", failure));
    }
    if (call.tookTooLong()) {
      return new Refusal(ProblemCode.UPSTREAM_TIMEOUT, TOO_SLOW, failure);
    }
    if (call.givenUp()) {
      return new Refusal(
          ProblemCode.DRAINING,
          "The gateway stops, and the microservice has not answered yet. It may have done its"
              + " work.",
          failure);
    }
    return switch (failure) {
      case ConnectFailedException e ->
          new Refusal(ProblemCode.UPSTREAM_UNREACHABLE, "The microservice cannot be reached.", e);
      case ClientBodyException e -> e.refusal();
      case SocketTimeoutException e -> new Refusal(ProblemCode.UPSTREAM_TIMEOUT, TOO_SLOW, e);
      case MalformedMessageException e -> brokenAnswer(e);
      case NoResponseException e -> brokenAnswer(e);
      default ->
          new Refusal(
              ProblemCode.UPSTREAM_UNREACHABLE,
              "The connection to the microservice broke.",
              failure);
    };
  }

  private static Refusal brokenAnswer(Exception cause) {
    return new Refusal(
        ProblemCode.UPSTREAM_INVALID_RESPONSE,
        "The microservice's answer broke off or is not valid HTTP.",
        cause);
  }

  /**
   * Knows the upstreams of these microservices, whose names are looked up from now on. To be called
   * before a request is for them.
   */
  public void know(Collection<Service> services) {
    synchronized (this) {
      checking = checking(services);
    }
    refreshes(services)
        .forEach(
            (origin, refresh) ->
                origins.computeIfAbsent(origin, ResolvedOrigin::new).refreshEvery(refresh));
  }

  private static Map<Origin, List<Service>> checking(Collection<Service> services) {
    Map<Origin, List<Service>> checking = new HashMap<>();
    for (Service service : services) {
      if (service.healthCheck().isPresent()) {
        for (HttpOrigin address : Set.copyOf(service.upstreams())) {
          Origin origin = new Origin(address, service.tls());
          checking.computeIfAbsent(origin, _ -> new ArrayList<>()).add(service);
        }
      }
    }
    return checking;
  }

  /** How the upstreams of a microservice are at the moment. */
  public List<UpstreamStatus> statusOf(Service service) {
    return service.upstreams().stream()
        .flatMap(address -> origin(address, service).status(service).stream())
        .toList();
  }

  /**
   * Forgets the upstreams of all microservices but these, and how they are for others. Calls that
   * are under way end undisturbed; idle connections end now.
   */
  public void forgetOthers(Collection<Service> services) {
    Set<Origin> known = refreshes(services).keySet();
    origins
        .entrySet()
        .removeIf(
            entry -> {
              boolean forgotten = !known.contains(entry.getKey());
              if (forgotten) {
                entry.getValue().close();
              }
              return forgotten;
            });
    askIfDue(System.nanoTime());
  }

  private static Map<Origin, Duration> refreshes(Collection<Service> services) {
    Map<Origin, Duration> refreshes = new HashMap<>();
    for (Service service : services) {
      for (HttpOrigin address : service.upstreams()) {
        refreshes.merge(
            new Origin(address, service.tls()),
            service.limits().dnsRefresh(),
            (one, other) -> one.compareTo(other) < 0 ? one : other);
      }
    }
    return refreshes;
  }

  /** Waits no longer for those answers of which nothing has come: the gateway stops. */
  public void giveUpUnanswered() {
    calls.giveUpUnanswered();
  }

  @Override
  public void close() {
    sweeps.close();
    clock.close();
    origins.values().forEach(ResolvedOrigin::close);
  }
}
