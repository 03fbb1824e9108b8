package dev.kinto.gateway.admin;

import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.route.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The operators' console: {@code /console/}, its files, and below {@code /console/api/} the admin
 * API for who is logged in.
 *
 * <p>A log-in is {@code POST /console/session} with the secret that the API wants, and gives a
 * cookie that only these addresses see, and no script. The API itself knows no cookie, so nothing
 * can be forged there; here a request counts only if a page of the console's own sent it.
 * Immutable.
 */
final class Console {
  static final String PATH = "/console";
  private static final String SESSION = PATH + "/session";
  private static final String API = PATH + "/api/";

  /** What a page asks by itself, which keeps nobody logged in, comes with this field. */
  private static final String BY_ITSELF = "kinto-console-refresh";

  private static final Set<String> SAFE = new TreeSet<>(Set.of("GET", "HEAD"));
  private static final Set<String> OF_A_SESSION = new TreeSet<>(Set.of("DELETE", "GET", "POST"));

  /** Nothing of others: no script, no style, no frame, no address to send anything to. */
  private static final List<HeaderLine> PROTECTION =
      List.of(
          HeaderLine.of(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                  + " form-action 'self'"),
          HeaderLine.of("X-Content-Type-Options", "nosniff"),
          HeaderLine.of("X-Frame-Options", "DENY"),
          HeaderLine.of("Referrer-Policy", "no-referrer"),
          HeaderLine.of("Cross-Origin-Opener-Policy", "same-origin"),
          HeaderLine.of("Cross-Origin-Resource-Policy", "same-origin"));

  private static final ConsoleFiles FILES = new ConsoleFiles();

  private final Operators operators;
  private final ConsoleSessions sessions;
  private final Api api;

  /** Answers what the admin API answers. */
  interface Api {
    /**
     * Answers a request.
     *
     * @param target below {@code /api/}
     * @param operator the id of the secret of who asks
     */
    void answer(
        ClientRequest request,
        Target target,
        String operator,
        ClientResponse response,
        String requestId);
  }

  Console(Operators operators, ConsoleSessions sessions, Api api) {
    this.operators = operators;
    this.sessions = sessions;
    this.api = api;
  }

  /** Whether it answers a path. */
  static boolean has(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  void answer(ClientRequest request, Target target, ClientResponse response, String requestId) {
    response.always(PROTECTION);
    operators.requireOn(); // 404
    String path = target.path();
    if (path.startsWith(API)) {
      requireOwnPage(request); // 403
      String operator = loggedIn(request); // 401
      Target asked = new Target(path.substring(PATH.length()), target.query());
      api.answer(request, asked, operator, response, requestId);
    } else if (path.equals(SESSION)) {
      requireOwnPage(request); // 403
      answerSession(request, response, requestId); // 401 405 429
    } else {
      requireMethod(request, SAFE); // 405
      if (path.equals(PATH)) {
        redirect(response, requestId);
      } else {
        send(FILES.of(path.substring(PATH.length() + 1)), request, response, requestId); // 404
      }
    }
  }

  private void answerSession(ClientRequest request, ClientResponse response, String requestId) {
    requireMethod(request, OF_A_SESSION);
    switch (request.method()) {
      case "POST" -> logIn(request, response, requestId);
      case "DELETE" -> logOut(request, response, requestId);
      default -> sendOperator(loggedIn(request), Optional.empty(), response, requestId);
    }
  }

  private void logIn(ClientRequest request, ClientResponse response, String requestId) {
    Operators.Known operator = operators.known(request);
    shown(request).ifPresent(sessions::end);
    String id = sessions.begin(operator.secret());
    Audit.done(operator.id(), requestId, "logged in to the console");
    sendOperator(operator.id(), Optional.of(cookie(request).set(id)), response, requestId);
  }

  private void logOut(ClientRequest request, ClientResponse response, String requestId) {
    String operator = loggedIn(request);
    shown(request).ifPresent(sessions::end);
    Audit.done(operator, requestId, "logged out of the console");
    sendOperator(operator, Optional.of(cookie(request).cleared()), response, requestId);
  }

  /** The id of the secret of who is logged in. */
  private String loggedIn(ClientRequest request) {
    boolean used = request.header(BY_ITSELF).isEmpty();
    return shown(request)
        .flatMap(id -> operators.loggedIn(sessions, id, used))
        .orElseThrow(
            () ->
                new Refusal(
                    ProblemCode.OPERATOR_INVALID,
                    "Nobody is logged in here, or not any more. Log in at /console/."));
  }

  private static Optional<String> shown(ClientRequest request) {
    return cookie(request).in(request);
  }

  private static ConsoleCookie cookie(ClientRequest request) {
    return ConsoleCookie.of(request.caller());
  }

  /**
   * Refuses what a page of somebody else sends, also one of this host's other ports, which browsers
   * send the cookie for. That an {@code Origin} is the own one was seen before. Browsers that say
   * nothing of {@code Sec-Fetch-Site} send it with all that changes anything.
   */
  private static void requireOwnPage(ClientRequest request) {
    boolean safe = SAFE.contains(request.method());
    boolean own =
        request
            .only("sec-fetch-site")
            .map(site -> site.equals("same-origin") || (safe && site.equals("none")))
            .orElseGet(() -> safe || request.header("origin").isPresent());
    if (!own) {
      throw new Refusal(
          ProblemCode.ORIGIN_NOT_ALLOWED,
          "Only the console's own pages may ask this. Programs ask the admin API, below /api/.");
    }
  }

  private static void requireMethod(ClientRequest request, Set<String> allowed) {
    if (!allowed.contains(request.method())) {
      throw new Refusal.MethodNotAllowed(request.method(), allowed);
    }
  }

  private static void sendOperator(
      String operator, Optional<HeaderLine> cookie, ClientResponse response, String requestId) {
    List<HeaderLine> lines = new ArrayList<>();
    lines.add(HeaderLine.of("Content-Type", "application/json"));
    cookie.ifPresent(lines::add);
    byte[] body = ("{\"operator\":\"" + operator + "\"}").getBytes(StandardCharsets.UTF_8);
    send(200, "OK", "no-store", lines, body, response, requestId);
  }

  private static void redirect(ClientResponse response, String requestId) {
    List<HeaderLine> lines = List.of(HeaderLine.of("Location", "console/"));
    send(308, "Permanent Redirect", "no-cache", lines, new byte[0], response, requestId);
  }

  private static void send(
      ConsoleFiles.File file, ClientRequest request, ClientResponse response, String requestId) {
    List<HeaderLine> lines = new ArrayList<>();
    lines.add(HeaderLine.of("Content-Type", file.mediaType()));
    lines.add(HeaderLine.of("Vary", "Accept-Encoding"));
    boolean gzip = request.elements("accept-encoding").contains("gzip");
    if (gzip) {
      lines.add(HeaderLine.of("Content-Encoding", "gzip"));
    }
    String caching = file.isLasting() ? "public, max-age=31536000, immutable" : "no-cache";
    send(200, "OK", caching, lines, file.bytes(gzip), response, requestId);
  }

  private static void send(
      int status,
      String reason,
      String caching,
      List<HeaderLine> lines,
      byte[] body,
      ClientResponse response,
      String requestId) {
    List<HeaderLine> all = new ArrayList<>(lines);
    all.add(HeaderLine.of("Cache-Control", caching));
    all.add(HeaderLine.of("Kinto-Request-Id", requestId));
    response.send(new ResponseHead(status, reason, all, OptionalLong.of(body.length)), body);
  }
}
