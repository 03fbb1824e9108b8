package dev.kinto.gateway.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the upstreams of a microservice are asked whether they are well (contract C34).
 *
 * @param path what is asked for with GET: path and perhaps query
 * @param status the status that an upstream that is well answers with; empty: any 2xx
 * @param interval how often each upstream is asked
 * @param timeout how long a connection may take, and the head of the answer after it
 * @param unhealthyAfter how many failures in a row take an upstream that was well out of use
 * @param healthyAfter how many successes in a row bring it back
 */
public record HealthCheck(
    String path,
    OptionalInt status,
    Duration interval,
    Duration timeout,
    int unhealthyAfter,
    int healthyAfter) {
  private static final int LEAST_STATUS = 200;
  private static final int MOST_STATUS = 599;

  /** Empty if the section is absent: nobody is asked. */
  static Optional<HealthCheck> read(Section service) {
    if (!service.has("healthCheck")) {
      return Optional.empty();
    }
    Section section = service.section("healthCheck");
    String path =
        section.value("path", "a path, for instance \"/health\",", HealthCheck::requirePath);
    Optional<Integer> status = section.optional("status", HealthCheck::status);
    HealthCheck check =
        new HealthCheck(
            path == null ? "/" : path,
            status.map(OptionalInt::of).orElse(OptionalInt.empty()),
            section.duration("interval", Duration.ofSeconds(5)),
            section.duration("timeout", Duration.ofSeconds(2)),
            section.number("unhealthyAfter", 1, 3),
            section.number("healthyAfter", 1, 2));
    section.refuseOthers();
    return Optional.of(check);
  }

  private static String requirePath(String text) {
    boolean plain = text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '#');
    if (!text.startsWith("/") || !plain) {
      throw new IllegalArgumentException(
          "a path is wanted that begins with \"/\", for instance \"/health\", without spaces.");
    }
    return text;
  }

  private static int status(String text) {
    int status = Scalars.number(LEAST_STATUS).apply(text);
    if (status > MOST_STATUS) {
      throw new IllegalArgumentException("a status from 200 to 599 is wanted.");
    }
    return status;
  }

  /** Whether an upstream that answers so is well. */
  public boolean isGood(int answered) {
    return status.isPresent() ? answered == status.getAsInt() : answered / 100 == 2;
  }
}
