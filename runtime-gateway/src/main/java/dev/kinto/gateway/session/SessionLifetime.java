package dev.kinto.gateway.session;

import java.time.Duration;

/**
 * How long sessions live (contract C22, C24).
 *
 * @param idle a session ends when it was not used for this long
 * @param unused it ends after this much idle time while it never got a field, if that is shorter
 * @param unusedMax it ends after this long, however often it is used, while it never got a field
 * @param max it ends after this long in any case
 */
public record SessionLifetime(Duration idle, Duration unused, Duration unusedMax, Duration max) {
  /** Half an hour and twelve hours at most; ten minutes and one hour while it has no field. */
  public static final SessionLifetime DEFAULT =
      new SessionLifetime(
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(12));
}
