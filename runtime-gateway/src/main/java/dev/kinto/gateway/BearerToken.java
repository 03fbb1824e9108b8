package dev.kinto.gateway;

import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.WebSocketHandshake;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token of a request: {@code Kinto-Authorization: Bearer <token>} (contract C25), or, for
 * the WebSockets of a page, whose script cannot set headers, the subprotocol {@code
 * kinto.bearer.<token>}.
 */
final class BearerToken {
  private static final String HEADER = "kinto-authorization";
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /**
   * The text after {@code Bearer}; empty if none is sent.
   *
   * @throws Refusal token-invalid if it is sent twice or in another form
   */
  static Optional<String> find(ClientRequest request) {
    String found = fromProtocols(request);
    for (HeaderLine line : request.headers()) {
      if (line.lowerCaseName().equals(HEADER)) {
        if (found != null) {
          throw sentTwice();
        }
        found = line.value();
      }
    }
    if (found == null) {
      return Optional.empty();
    }
    String token =
        found.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? found.substring(SCHEME.length()).strip()
            : "";
    if (token.isEmpty()) {
      throw new Refusal(
          ProblemCode.TOKEN_INVALID,
          "Kinto-Authorization must be the word \"Bearer\", a space and a token.");
    }
    return Optional.of(token);
  }

  static Refusal missing() {
    return new Refusal(
        ProblemCode.TOKEN_MISSING,
        "Send the header \"Kinto-Authorization: Bearer <token>\" with a token from POST /auth.");
  }

  /** What Kinto-Authorization would say; null if no token is among the subprotocols. */
  private static @Nullable String fromProtocols(ClientRequest request) {
    if (!WebSocketHandshake.isAsked(request)) {
      return null;
    }
    List<String> tokens = WebSocketHandshake.tokens(request);
    if (tokens.size() > 1) {
      throw sentTwice();
    }
    return tokens.isEmpty() ? null : SCHEME + tokens.getFirst();
  }

  static Refusal sentTwice() {
    return new Refusal(ProblemCode.TOKEN_INVALID, "The token was sent twice. Send it once.");
  }
}
