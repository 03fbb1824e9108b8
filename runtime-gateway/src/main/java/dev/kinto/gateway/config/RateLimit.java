package dev.kinto.gateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests there may be in a time. All of them may come at once; then their number fills
 * up again evenly.
 *
 * @param requests how many, at least one
 * @param per in which time
 */
public record RateLimit(int requests, Duration per) {

  /** The limit under a key, if there is one. */
  static Optional<RateLimit> read(Section parent, String key) {
    Section section = parent.section(key);
    int requests = section.number("requests", 1, 0);
    Duration per = section.duration("per", Duration.ofMinutes(1));
    section.refuseOthers();
    if (parent.has(key) && !section.has("requests")) {
      section.problem(
          "requests",
          "say how many requests there may be, for instance 600.",
          section.at("requests"));
    }
    if (requests > per.toNanos()) {
      section.problem(
          "per",
          "more than one request in a nanosecond is no limit. Leave it out.",
          section.at("per"));
    }
    return requests == 0 ? Optional.empty() : Optional.of(new RateLimit(requests, per));
  }
}
