package dev.kinto.gateway.config;

import java.time.Duration;

/**
 * How often tokens may be asked for with {@code POST /auth} (contract C22).
 *
 * @param perAddress by one address; an IPv6 network of 64 bits counts as one
 * @param perClient by one client, from wherever; a high ceiling, since it refuses everybody
 */
public record AuthLimits(RateLimit perAddress, RateLimit perClient) {
  private static final RateLimit PER_ADDRESS = new RateLimit(600, Duration.ofMinutes(1));
  private static final RateLimit PER_CLIENT = new RateLimit(60_000, Duration.ofMinutes(1));

  static AuthLimits read(Section section) {
    AuthLimits limits =
        new AuthLimits(
            RateLimit.read(section, "perAddress").orElse(PER_ADDRESS),
            RateLimit.read(section, "perClient").orElse(PER_CLIENT));
    section.refuseOthers();
    return limits;
  }
}
