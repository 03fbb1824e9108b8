package dev.kinto.gateway;

import dev.kinto.gateway.config.ClientConfig;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.SessionCookie;
import dev.kinto.gateway.http.WebSocketHandshake;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The token of a request, and where it was: in what only the application's own code can send, or in
 * a cookie, which browsers send with everything that any page makes them send (contract C25, C39b).
 * The former counts if both came.
 *
 * @param text the token
 * @param cookieOf the client whose cookie it was in; empty if it was in none
 */
record RequestToken(String text, Optional<String> cookieOf) {
  /** That of a public call, which needs none. */
  static final RequestToken NONE = new RequestToken("", Optional.empty());

  private static final Set<String> READING = Set.of("GET", "HEAD");

  /**
   * What a browser says of a request that the user or a page of the same site began (Fetch
   * Metadata, section 2.3); no page can say it itself.
   */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "same-site", "none");

  /**
   * Finds the token.
   *
   * @throws Refusal token-missing; token-invalid if it is sent twice or in another form;
   *     origin-not-allowed if it is in a cookie, and another site may have had the request sent
   */
  static RequestToken of(ClientRequest request, Environments environments) {
    return BearerToken.find(request)
        .map(text -> new RequestToken(text, Optional.empty()))
        .orElseGet(() -> inCookie(request, environments));
  }

  private static RequestToken inCookie(ClientRequest request, Environments environments) {
    List<SessionCookie> cookies =
        SessionCookie.in(request).stream()
            .filter(cookie -> client(cookie, environments).isPresent())
            .toList();
    if (cookies.stream().map(SessionCookie::clientId).distinct().count() < cookies.size()) {
      throw BearerToken.sentTwice();
    }
    SessionCookie cookie =
        cookies.size() == 1 ? cookies.getFirst() : ofOrigin(cookies, request, environments);
    ClientConfig client = client(cookie, environments).orElseThrow();
    if (!isOwn(request, client)) {
      throw new Refusal(
          ProblemCode.ORIGIN_NOT_ALLOWED,
          "The token came in a cookie, and this request may have been made by a page of another"
              + " site. With a cookie, pages may call whose origin the client's allowedOrigins"
              + " lists, or the gateway's own address; GET and HEAD without Origin need"
              + " Sec-Fetch-Site same-origin, same-site or none. Else send Kinto-Authorization.");
    }
    return new RequestToken(cookie.token(), Optional.of(client.id()));
  }

  /** Of several cookies that one whose client lists the page's origin; nothing else tells. */
  private static SessionCookie ofOrigin(
      List<SessionCookie> cookies, ClientRequest request, Environments environments) {
    String origin = request.header("origin").orElse("");
    List<SessionCookie> fitting =
        cookies.stream()
            .filter(
                cookie ->
                    client(cookie, environments).orElseThrow().allowedOrigins().contains(origin))
            .toList();
    if (fitting.size() != 1) {
      throw BearerToken.missing();
    }
    return fitting.getFirst();
  }

  private static boolean isOwn(ClientRequest request, ClientConfig client) {
    Optional<String> origin = request.header("origin");
    if (origin.isPresent()) {
      return client.allowedOrigins().contains(origin.get())
          || request.caller().calledItsOwn(origin.get());
    }
    List<String> site = request.values("sec-fetch-site");
    return READING.contains(request.method())
        && !WebSocketHandshake.isAsked(request)
        && site.size() == 1
        && OWN_SITES.contains(site.getFirst());
  }

  private static Optional<ClientConfig> client(SessionCookie cookie, Environments environments) {
    return environments.client(cookie.clientId()).filter(ClientConfig::cookie);
  }

  /**
   * The session that was found by this token, if it is of the client whose cookie it was in: its
   * origins were asked.
   *
   * @throws Refusal token-invalid
   */
  Session of(Session session) {
    if (cookieOf.filter(id -> !id.equals(session.clientId())).isPresent()) {
      throw new Refusal(
          ProblemCode.TOKEN_INVALID, "The token in this cookie was issued to another client.");
    }
    return session;
  }

  /** How a token that takes this one's place is handed over: in the same way. */
  HeaderLine successor(String token) {
    return cookieOf
        .map(client -> new SessionCookie(client, token).set())
        .orElseGet(() -> HeaderLine.of("Kinto-Token", token));
  }

  @Override
  public String toString() {
    return "RequestToken[redacted]";
  }
}
