package dev.kinto.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cookies in which browsers keep tokens where no script sees them (contract C39b): {@code
 * __Host-kinto-<clientId>}. Names of that form are the gateway's: none reaches a microservice, and
 * none that a microservice sets reaches a browser.
 *
 * @param clientId the client that obtained the token, as the cookie's name says
 * @param token the token
 */
public record SessionCookie(String clientId, String token) {
  /** The request's field, in lower case. */
  public static final String REQUEST_FIELD = "cookie";

  /** What the names of the cookies begin with that keep operators logged in to the console. */
  public static final String CONSOLE_PREFIX = "kinto-console-";

  private static final String ANSWER_FIELD = "set-cookie";
  private static final String PREFIX = "__Host-kinto-";

  /** Browsers drop a cookie of such a name without the first two (RFC 6265bis, 4.1.3.2). */
  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  /** Those of a request. */
  public static List<SessionCookie> in(ClientRequest request) {
    List<SessionCookie> found = new ArrayList<>(0);
    for (String pair : pairs(request)) {
      if (pair.startsWith(PREFIX)) {
        int equals = (pair + '=').indexOf('=');
        String token = pair.substring(Math.min(equals + 1, pair.length())).strip();
        found.add(new SessionCookie(pair.substring(PREFIX.length(), equals).strip(), token));
      }
    }
    return found;
  }

  /**
   * All cookies of a request, each {@code name=value}; over HTTP/2 they may be spread over lines
   * (RFC 9113, 8.2.3).
   */
  public static List<String> pairs(ClientRequest request) {
    List<String> pairs = new ArrayList<>(0);
    for (String line : request.values(REQUEST_FIELD)) {
      pairs.addAll(pairs(line));
    }
    return pairs;
  }

  /** A line of cookies without the gateway's; empty if it holds no other. */
  public static Optional<HeaderLine> withoutOurs(HeaderLine line) {
    List<String> all = pairs(line.value());
    List<String> others = all.stream().filter(pair -> !isOurs(pair)).toList();
    if (others.size() == all.size()) {
      return Optional.of(line);
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(new HeaderLine(line.name(), line.lowerCaseName(), String.join("; ", others)));
  }

  /** Whether a line of an answer sets a cookie whose name is the gateway's. */
  public static boolean isSetBy(HeaderLine line) {
    return line.lowerCaseName().equals(ANSWER_FIELD) && isOurs(line.value().strip());
  }

  /** The line that gives a browser the cookie, in place of one that it may have. */
  public HeaderLine set() {
    return line(token + ATTRIBUTES);
  }

  /** The line that takes it away. */
  public HeaderLine cleared() {
    return line(ATTRIBUTES + "; Max-Age=0");
  }

  private HeaderLine line(String rest) {
    return new HeaderLine("Set-Cookie", ANSWER_FIELD, PREFIX + clientId + "=" + rest);
  }

  /** Browsers compare the prefix without regard to case. */
  private static boolean isOurs(String pair) {
    return begins(pair, PREFIX) || begins(pair, CONSOLE_PREFIX);
  }

  private static boolean begins(String pair, String prefix) {
    return pair.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static List<String> pairs(String line) {
    List<String> pairs = new ArrayList<>();
    for (String pair : line.split(";", -1)) {
      if (!pair.isBlank()) {
        pairs.add(pair.strip());
      }
    }
    return pairs;
  }

  @Override
  public String toString() {
    return "SessionCookie[" + clientId + "]";
  }
}
