package dev.kinto.gateway.config;

import java.time.Duration;

/**
 * How manifests are pulled from addresses and running microservices (contract C42).
 *
 * @param pollInterval how often a source is asked whether it has a newer one
 */
public record ManifestsConfig(Duration pollInterval) {
  /** Often enough for a deployment, and seldom enough to cost nothing. */
  private static final Duration DEFAULT = Duration.ofSeconds(10);

  static ManifestsConfig read(Section section) {
    Duration pollInterval = section.duration("pollInterval", DEFAULT);
    section.refuseOthers();
    return new ManifestsConfig(pollInterval);
  }
}
