package dev.kinto.gateway.session;

import java.time.Duration;

/**
 * How long sessions live (contract C24).
 *
 * @param idle a session ends when it was not used for this long
 * @param max it ends after this long in any case
 */
public record SessionLifetime(Duration idle, Duration max) {
  /** Half an hour, and twelve hours at most. */
  public static final SessionLifetime DEFAULT =
      new SessionLifetime(Duration.ofMinutes(30), Duration.ofHours(12));
}
