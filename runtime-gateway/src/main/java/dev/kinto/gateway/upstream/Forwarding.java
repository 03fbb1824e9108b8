package dev.kinto.gateway.upstream;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.problem.Refusal.MissingField;
import dev.kinto.gateway.problem.Refusal.SessionFieldRequired;
import dev.kinto.gateway.route.BoundRoute.Injection;
import dev.kinto.gateway.route.Environment;
import dev.kinto.gateway.route.Match;
import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.HeaderLine;
import dev.kinto.gateway.wire.WebSocketHandshake;
import dev.kinto.manifest.FieldName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The headers of a forwarded request: what the client may not say is taken out, then what the
 * gateway knows is put in (contract C6, C30, C31).
 */
public final class Forwarding {
  private static final Set<String> WRITTEN_ANEW =
      Set.of("host", "expect", "forwarded", "traceparent", "tracestate");

  private Forwarding() {}

  /**
   * The request that goes to the microservice.
   *
   * @throws Refusal session-field-required, or session-too-large
   */
  public static UpstreamRequest outbound(ClientRequest client, Match match, CallContext context) {
    List<HeaderLine> lines = new ArrayList<>(client.headers().size() + 16);
    keepAllowed(client, context.environment(), lines);
    injectSession(match, context, lines);
    lines.addAll(match.route().config());
    addContext(client, context, lines);
    return new UpstreamRequest(
        match.service().upstreams(),
        match.service().limits(),
        match.upstreamTarget(),
        lines,
        WebSocketHandshake.isAsked(client),
        client);
  }

  private static void keepAllowed(
      ClientRequest client, Environment environment, List<HeaderLine> lines) {
    HopByHop hopByHop = HopByHop.of(client.headers());
    for (HeaderLine line : client.headers()) {
      if (line.lowerCaseName().equals(WebSocketHandshake.PROTOCOLS)) {
        WebSocketHandshake.withoutOurs(line).ifPresent(lines::add);
      } else if (!hopByHop.contains(line) && !isOurs(line.lowerCaseName(), environment)) {
        lines.add(line);
      }
    }
  }

  /** Whether only the gateway may say this, in any spelling (contract C2, C30). */
  private static boolean isOurs(String lowerCaseName, Environment environment) {
    String folded = FieldName.fold(lowerCaseName);
    return WRITTEN_ANEW.contains(lowerCaseName)
        || folded.startsWith("kinto-")
        || folded.startsWith("x-forwarded-")
        || environment.isSessionField(lowerCaseName)
        || environment.isConfigField(lowerCaseName);
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

  private static void addContext(
      ClientRequest client, CallContext context, List<HeaderLine> lines) {
    add(lines, "Kinto-Client-Id", "kinto-client-id", context.clientId());
    add(lines, "Kinto-Environment", "kinto-environment", context.environment().name());
    add(lines, "Kinto-Access", "kinto-access", context.access());
    add(lines, "Kinto-Request-Id", "kinto-request-id", context.requestId());
    TraceParent trace = TraceParent.of(client.header("traceparent").orElse(null));
    add(lines, "traceparent", "traceparent", trace.value());
    if (trace.continued()) {
      client.header("tracestate").ifPresent(s -> add(lines, "tracestate", "tracestate", s));
    }
    String scheme = client.secure() ? "https" : "http";
    add(lines, "X-Forwarded-For", "x-forwarded-for", client.peer());
    add(lines, "X-Forwarded-Proto", "x-forwarded-proto", scheme);
    add(lines, "X-Forwarded-Host", "x-forwarded-host", client.host());
    add(lines, "Forwarded", "forwarded", forwarded(client, scheme));
  }

  /** RFC 7239, section 4; an IPv6 address is quoted and in brackets (section 6). */
  private static String forwarded(ClientRequest client, String scheme) {
    String peer = client.peer();
    String node = peer.indexOf(':') < 0 ? peer : "\"[" + peer + "]\"";
    return "for=" + node + ";host=\"" + client.host() + "\";proto=" + scheme;
  }

  private static void add(List<HeaderLine> lines, String name, String lowerCaseName, String value) {
    lines.add(new HeaderLine(name, lowerCaseName, value));
  }
}
