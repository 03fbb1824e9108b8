package dev.kinto.gateway.forward;

import dev.kinto.gateway.http.Caller;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.WebSocketHandshake;
import dev.kinto.gateway.observe.TraceContext;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.problem.Refusal.MissingField;
import dev.kinto.gateway.problem.Refusal.SessionFieldRequired;
import dev.kinto.gateway.route.BoundRoute.Injection;
import dev.kinto.gateway.route.Match;
import dev.kinto.gateway.upstream.UpstreamRequest;
import dev.kinto.gateway.upstream.WebSocketOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The headers of a forwarded request: what the client may not say is taken out, then what the
 * gateway knows is put in (contract C6, C30, C31).
 */
public final class Forwarding {
  private final RemovedHeaders removed;

  /**
   * For requests whose removed headers are counted here.
   *
   * @param removed takes what clients sent in vain
   */
  public Forwarding(RemovedHeaders removed) {
    this.removed = removed;
  }

  /**
   * The request that goes to the microservice.
   *
   * @throws Refusal session-field-required, or session-too-large
   */
  public UpstreamRequest outbound(ClientRequest client, Match match, CallContext context) {
    ClientHeaders headers = ClientHeaders.of(client, match, context.environment());
    removed.add(headers, match, context);
    List<HeaderLine> lines = headers.kept();
    injectSession(match, context, lines);
    injectConfig(match, context, lines);
    addContext(client, match, context, lines);
    return new UpstreamRequest(
        match.service(),
        match.upstreamTarget(),
        lines,
        webSocket(client, context),
        client,
        context.observation());
  }

  private static Optional<WebSocketOwner> webSocket(ClientRequest client, CallContext context) {
    return WebSocketHandshake.isAsked(client)
        ? Optional.of(context.webSocketOwner(client.caller()))
        : Optional.empty();
  }

  private static void injectSession(Match match, CallContext context, List<HeaderLine> lines) {
    List<MissingField> missing = List.of();
    int most = context.limits().maxRequestBytes();
    int bytes = 0;
    for (Injection read : match.route().reads()) {
      Optional<String> value = context.session().value(read.folded()).or(read::defaultValue);
      if (value.isPresent()) {
        String name = read.field().spelling();
        lines.add(new HeaderLine(name, read.lowerCaseName(), value.get()));
        context.observation().injected(name, value.get());
        bytes += name.length() + value.get().length();
      } else if (read.required()) {
        missing = missing.isEmpty() ? new ArrayList<>() : missing;
        missing.add(new MissingField(read.field(), read.providers()));
      }
    }
    if (!missing.isEmpty()) {
      throw new SessionFieldRequired(missing);
    }
    if (bytes > most) {
      throw new Refusal(
          ProblemCode.SESSION_TOO_LARGE,
          "The session fields that this route reads have "
              + bytes
              + " bytes, more than the "
              + most
              + " that one request may carry.");
    }
  }

  private static void injectConfig(Match match, CallContext context, List<HeaderLine> lines) {
    for (HeaderLine value : match.route().config()) {
      lines.add(value);
      context.observation().configured(value.name());
    }
  }

  private static void addContext(
      ClientRequest client, Match match, CallContext context, List<HeaderLine> lines) {
    add(lines, "Kinto-Client-Id", "kinto-client-id", context.clientId());
    add(lines, "Kinto-Environment", "kinto-environment", context.environment().name());
    add(lines, "Kinto-Access", "kinto-access", context.access());
    add(lines, "Kinto-Request-Id", "kinto-request-id", context.requestId());
    TraceContext trace = context.observation().trace();
    add(lines, "traceparent", "traceparent", trace.traceparent());
    List<String> states = trace.continued() ? client.values("tracestate") : List.of();
    if (!states.isEmpty()) {
      add(lines, "tracestate", "tracestate", String.join(",", states));
    }
    Caller caller = client.caller();
    String addresses =
        caller.proxies().isEmpty() ? caller.address() : String.join(", ", chain(caller));
    add(lines, "X-Forwarded-For", "x-forwarded-for", addresses);
    add(lines, "X-Forwarded-Proto", "x-forwarded-proto", caller.scheme());
    add(lines, "X-Forwarded-Host", "x-forwarded-host", caller.host());
    add(lines, "X-Forwarded-Prefix", "x-forwarded-prefix", caller.prefix() + match.prefix());
    add(lines, "Forwarded", "forwarded", forwarded(caller));
  }

  /** The client and the proxies that are trusted; what an untrusted one claims goes nowhere. */
  private static List<String> chain(Caller caller) {
    List<String> chain = new ArrayList<>(caller.proxies());
    chain.addFirst(caller.address());
    return chain;
  }

  /** RFC 7239, section 4: first what the client called, then who passed it on. */
  private static String forwarded(Caller caller) {
    StringBuilder field = new StringBuilder(64);
    field.append("for=").append(node(caller.address()));
    field.append(";host=\"").append(caller.host());
    field.append("\";proto=").append(caller.scheme());
    for (String proxy : caller.proxies()) {
      field.append(", for=").append(node(proxy));
    }
    return field.toString();
  }

  /** An IPv6 address is quoted and in brackets (RFC 7239, section 6). */
  private static String node(String address) {
    return address.indexOf(':') < 0 ? address : "\"[" + address + "]\"";
  }

  private static void add(List<HeaderLine> lines, String name, String lowerCaseName, String value) {
    lines.add(new HeaderLine(name, lowerCaseName, value));
  }
}
