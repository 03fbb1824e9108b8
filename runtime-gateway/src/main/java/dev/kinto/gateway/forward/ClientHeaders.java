package dev.kinto.gateway.forward;

import dev.kinto.gateway.forward.RemovedHeaders.Reason;
import dev.kinto.gateway.forward.RemovedHeaders.Removed;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.SessionCookie;
import dev.kinto.gateway.http.WebSocketHandshake;
import dev.kinto.gateway.route.Environment;
import dev.kinto.gateway.route.Match;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.MicroserviceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client's header lines, taken apart (contract C30).
 *
 * @param kept those that go on to the microservice, in their order and spelling
 * @param removed those that do not although the client may have meant them; what only concerns the
 *     connection or is the gateway's own to say is not among them
 */
record ClientHeaders(List<HeaderLine> kept, List<Removed> removed) {
  private static final Set<String> WRITTEN_ANEW =
      Set.of("host", "expect", "forwarded", "traceparent", "tracestate");

  /**
   * Names, folded, by which servers and frameworks let a request say that its method or its path is
   * another one. Gunicorn takes the last two from its proxy.
   */
  private static final Set<String> OVERRIDES =
      Set.of(
          "x-http-method-override",
          "x-http-method",
          "x-method-override",
          "x-original-method",
          "x-original-url",
          "x-original-uri",
          "x-rewrite-url",
          "x-rewrite-uri",
          "x-script-name",
          "script-name",
          "path-info");

  static ClientHeaders of(ClientRequest client, Match match, Environment environment) {
    List<HeaderLine> kept = new ArrayList<>(client.headers().size() + 16);
    List<Removed> removed = new ArrayList<>(0);
    HopByHop hopByHop = HopByHop.of(client.headers());
    for (HeaderLine line : client.headers()) {
      String folded = FieldName.fold(line.lowerCaseName());
      if (line.lowerCaseName().equals(WebSocketHandshake.PROTOCOLS)) {
        WebSocketHandshake.withoutOurs(line).ifPresent(kept::add);
      } else if (line.lowerCaseName().equals(SessionCookie.REQUEST_FIELD)) {
        SessionCookie.withoutOurs(line).ifPresent(kept::add);
      } else if (!hopByHop.contains(line, folded) && !isOurs(line, folded)) {
        Optional<Removed> reason = removed(line, folded, match, environment);
        reason.ifPresentOrElse(removed::add, () -> kept.add(line));
      }
    }
    return new ClientHeaders(kept, removed);
  }

  /** Whether only the gateway may say this, in any spelling (contract C2). */
  private static boolean isOurs(HeaderLine line, String folded) {
    return WRITTEN_ANEW.contains(line.lowerCaseName())
        || folded.startsWith("kinto-")
        || folded.startsWith("x-forwarded-");
  }

  private static Optional<Removed> removed(
      HeaderLine line, String folded, Match match, Environment environment) {
    Optional<MicroserviceName> owner = environment.sessionOwner(line.lowerCaseName());
    if (owner.isPresent()) {
      return Optional.of(new Removed(line.name(), owner.get().toString(), Reason.OF_THE_SESSION));
    }
    if (environment.isConfigField(folded) || match.service().asksForConfig(folded)) {
      return Optional.of(new Removed(line.name(), "", Reason.OF_THE_CONFIGURATION));
    }
    return OVERRIDES.contains(folded)
        ? Optional.of(new Removed(line.name(), "", Reason.OVERRIDE))
        : Optional.empty();
  }
}
