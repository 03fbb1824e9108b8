package dev.kinto.gateway.admin;

import dev.kinto.gateway.config.AdminConfig;
import dev.kinto.gateway.config.RateLimit;
import dev.kinto.gateway.config.SecretHash;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.throttle.Throttle;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows operators by their secrets (contract C44). Wrong ones are throttled by address; a right one
 * is never refused, so that nobody can lock an operator out: secrets are random and long, and not
 * found by trying.
 */
final class Operators {
  private static final String SCHEME = "Bearer ";
  private static final RateLimit WRONG = new RateLimit(10, Duration.ofMinutes(1));

  private final AdminConfig config;
  private final Throttle throttle;

  Operators(AdminConfig config, Throttle throttle) {
    this.config = config;
    this.throttle = throttle;
  }

  /**
   * Somebody who showed an operator's secret.
   *
   * @param secret the hash of the secret
   */
  record Known(SecretHash secret) {
    /** By what logs name the secret. */
    String id() {
      return secret.id();
    }
  }

  /**
   * Refuses if there are no operators.
   *
   * @throws Refusal admin-disabled
   */
  void requireOn() {
    if (!config.isOn()) {
      throw new Refusal(
          ProblemCode.ADMIN_DISABLED,
          "The admin API is off, because no operator's secret is configured. \"kinto-gateway.jar"
              + " admin new\" prints one, and the lines for \"admin\" in the configuration; a"
              + " reload takes them up.");
    }
  }

  /**
   * Who sent a request with a secret.
   *
   * @throws Refusal admin-disabled, operator-invalid or rate-limited
   */
  Known known(ClientRequest request) {
    requireOn();
    Optional<String> secret = secret(request);
    Optional<Known> known = secret.flatMap(config::secretOf).map(Known::new);
    if (known.isEmpty() && secret.isPresent()) {
      throttle.admitWrongSecretFrom(request.caller().address(), WRONG);
      Audit.wrongSecret(request.caller().address());
    }
    return known.orElseThrow(
        () ->
            new Refusal(
                ProblemCode.OPERATOR_INVALID,
                secret.isEmpty()
                    ? "Send the header \"Authorization: Bearer <an operator's secret>\"."
                    : "This is no operator's secret. \"kinto-gateway.jar admin new\" prints one."));
  }

  /** The id of the secret that a session of the console began with; empty if it has ended. */
  Optional<String> loggedIn(ConsoleSessions sessions, String id, boolean used) {
    return sessions.operator(id, config, used);
  }

  /** The text after Bearer; empty if none is sent, or not once. */
  private static Optional<String> secret(ClientRequest request) {
    return request
        .only("authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip())
        .filter(text -> !text.isEmpty());
  }
}
