package dev.kinto.gateway.observe;

import dev.kinto.gateway.observe.RequestRecord.Injected;
import dev.kinto.gateway.observe.RequestRecord.Missing;
import dev.kinto.gateway.observe.RequestRecord.Removed;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.problem.Refusal.SessionFieldRequired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about a request while it is answered: it is begun with the request, each step
 * notes its part, and its end is told to all observers. It belongs to the request's thread.
 */
public final class Observation {
  private final Observers observers;
  private final String requestId;
  private final String protocol;
  private final String method;
  private final String target;
  private final TraceContext trace;
  private final Instant began = Instant.now();
  private final long beganNanos = System.nanoTime();
  private String listener;
  private String address;
  private String client = "";
  private String environment = "";
  private @Nullable UUID session;
  private RouteName route = RouteName.NONE;
  private List<Injected> injected = List.of();
  private List<String> config = List.of();
  private List<Removed> removed = List.of();
  private List<String> written = List.of();
  private List<String> undeclared = List.of();
  private UpstreamName upstream = UpstreamName.NONE;
  private long calledNanos;
  private long answeredNanos;
  private @Nullable Refusal refusal;
  private String code = "";

  /**
   * Of a request that begins now.
   *
   * @param observers are told when it has ended
   * @param requestId its new id
   * @param listener the listener's name, as far as it is known
   * @param protocol the version of HTTP, as a request line has it; empty if it is not known
   * @param method the method; empty if it is not known
   * @param target path and query; empty if they are not known
   * @param address the IP address of whoever sent it
   * @param traceparent the values of its traceparent
   */
  public Observation(
      Observers observers,
      String requestId,
      String listener,
      String protocol,
      String method,
      String target,
      String address,
      List<String> traceparent) {
    this.observers = observers;
    this.requestId = requestId;
    this.listener = listener;
    this.protocol = protocol;
    this.method = method;
    this.target = target;
    this.address = address;
    this.trace = TraceContext.of(traceparent, observers.sampleRatio());
  }

  /** The id of the request. */
  public String requestId() {
    return requestId;
  }

  /** Where it stands in its trace. */
  public TraceContext trace() {
    return trace;
  }

  /** The listener that answers it, where several share an address. */
  public void on(String answering) {
    listener = answering;
  }

  /** Where it comes from, as trusted proxies say it. */
  public void from(String callersAddress) {
    address = callersAddress;
  }

  /** Whose it is. */
  public void of(String clientId, String clientsEnvironment) {
    client = clientId;
    environment = clientsEnvironment;
  }

  /** The session that it is in. */
  public void in(UUID sessionId) {
    session = sessionId;
  }

  /** The route that it hit. */
  public void hit(RouteName name) {
    route = name;
  }

  /** A session field is sent to the microservice. */
  public void injected(String field, String value) {
    injected = plus(injected, new Injected(field, value));
  }

  /** A configuration value is sent to the microservice. */
  public void configured(String name) {
    config = plus(config, name);
  }

  /**
   * A header of the client is not sent on although it may have been meant.
   *
   * @param name as the client spelt it
   * @param owner the microservice in whose session space it lies; empty if in none
   */
  public void removed(String name, String owner) {
    removed = plus(removed, new Removed(name, owner));
  }

  /** A session field was saved, or removed from the session. */
  public void written(String field) {
    written = plus(written, field);
  }

  /** The microservice set a session field without declaring it. */
  public void undeclared(String field) {
    undeclared = plus(undeclared, field);
  }

  private <T> List<T> plus(List<T> list, T more) {
    if (!observers.any()) {
      return list;
    }
    List<T> longer = list.isEmpty() ? new ArrayList<>(4) : list;
    longer.add(more);
    return longer;
  }

  /** From now on this upstream is called. */
  public void calls(UpstreamName calledUpstream) {
    upstream = calledUpstream;
    if (calledNanos == 0) {
      calledNanos = System.nanoTime() | 1;
    }
    answeredNanos = 0;
  }

  /** The head of the upstream's answer has come, or the call has failed. */
  public void answered() {
    if (calledNanos != 0 && answeredNanos == 0) {
      answeredNanos = System.nanoTime() | 1;
    }
  }

  /** The gateway answers itself. */
  public void refused(Refusal reason) {
    refusal = reason;
    code = reason.code().code();
  }

  /** The answer broke off behind its head, and not by the client. */
  public void broke() {
    code = RequestRecord.INCOMPLETE;
  }

  /** The client went away before it had its answer. */
  public void clientGone() {
    code = RequestRecord.GONE;
  }

  /**
   * The request has ended. To be called once.
   *
   * @param status of the answer; 0 if there is none
   * @param bytes of its body, as far as they were sent
   */
  public void ended(int status, long bytes) {
    if (observers.any()) {
      observers.ended(record(status == 0 ? RequestRecord.CLIENT_GONE : status, bytes));
    }
  }

  private RequestRecord record(int status, long bytes) {
    long now = System.nanoTime();
    int query = target.indexOf('?');
    return new RequestRecord(
        began,
        requestId,
        listener,
        protocol,
        address,
        client,
        environment,
        Optional.ofNullable(session),
        route,
        method,
        query < 0 ? target : target.substring(0, query),
        injected,
        config,
        removed,
        missing(),
        written,
        undeclared,
        upstream,
        Duration.ofNanos(calledNanos == 0 ? 0 : calledNanos - beganNanos),
        Duration.ofNanos(upstreamNanos(now)),
        status,
        code,
        refusal == null ? "" : refusal.detail(),
        bytes,
        Duration.ofNanos(now - beganNanos),
        trace);
  }

  private long upstreamNanos(long now) {
    if (calledNanos == 0) {
      return 0;
    }
    return (answeredNanos == 0 ? now : answeredNanos) - calledNanos;
  }

  private List<Missing> missing() {
    if (!(refusal instanceof SessionFieldRequired required)) {
      return List.of();
    }
    return required.fields().stream()
        .map(each -> new Missing(each.field().spelling(), each.providers()))
        .toList();
  }
}
