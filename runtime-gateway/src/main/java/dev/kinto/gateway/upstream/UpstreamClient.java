package dev.kinto.gateway.upstream;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Service;
import dev.kinto.gateway.schedule.PeriodicTask;
import dev.kinto.gateway.wire.ClientBodyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Calls microservices over HTTP/1.1, blocking, on kept connections (contract C33, C34). Safe for
 * use by any number of threads.
 */
public final class UpstreamClient implements AutoCloseable {
  private static final String TOO_SLOW = "The microservice did not answer in time.";

  /** Well below the second by which an idle connection is to end before the upstream ends it. */
  private static final Duration SWEEP = Duration.ofMillis(250);

  private final Map<Origin, Upstream> upstreams = new ConcurrentHashMap<>();
  private final OpenCalls calls;
  private final PeriodicTask sweeps;

  /**
   * A client.
   *
   * @param maxCalls how many calls there may be at a time, to all upstreams: each takes memory
   */
  public UpstreamClient(int maxCalls) {
    this.calls = new OpenCalls(maxCalls);
    this.sweeps =
        PeriodicTask.every(
            SWEEP, "kinto-idle-upstreams", () -> upstreams.values().forEach(Upstream::sweep));
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
    OpenCall call = calls.begin(request);
    try {
      return new Attempts(request, call, upstreamsOf(request)).answer();
    } catch (HttpException | IOException e) {
      RuntimeException refusal = refusal(e, call);
      call.end();
      throw refusal;
    } catch (RuntimeException e) {
      call.end();
      throw e;
    }
  }

  private List<Upstream> upstreamsOf(UpstreamRequest request) {
    Service service = request.service();
    List<Upstream> found = new ArrayList<>(service.upstreams().size());
    for (URI address : service.upstreams()) {
      Origin origin = new Origin(address, service.tls());
      found.add(upstreams.computeIfAbsent(origin, Upstream::new));
    }
    return found;
  }

  private static RuntimeException refusal(Exception failure, OpenCall call) {
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
      case ConnectionClosedException e -> brokenAnswer(e);
      case HttpException e -> brokenAnswer(e);
      case InvalidAnswerException e -> brokenAnswer(e);
      case MessageConstraintException e -> brokenAnswer(e);
      case NoHttpResponseException e -> brokenAnswer(e);
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
   * Forgets all upstreams but those of these microservices. Calls that are under way end
   * undisturbed; idle connections end now.
   */
  public void forgetOthers(Collection<Service> services) {
    Set<Origin> known = new HashSet<>();
    for (Service service : services) {
      service.upstreams().forEach(address -> known.add(new Origin(address, service.tls())));
    }
    upstreams
        .entrySet()
        .removeIf(
            entry -> {
              boolean forgotten = !known.contains(entry.getKey());
              if (forgotten) {
                entry.getValue().close();
              }
              return forgotten;
            });
  }

  /** Waits no longer for those answers of which nothing has come: the gateway stops. */
  public void giveUpUnanswered() {
    calls.giveUpUnanswered();
  }

  @Override
  public void close() {
    sweeps.close();
    upstreams.values().forEach(Upstream::close);
  }
}
