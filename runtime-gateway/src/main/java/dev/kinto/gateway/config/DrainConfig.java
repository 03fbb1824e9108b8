package dev.kinto.gateway.config;

import java.time.Duration;

/**
 * How a gateway stops (contract C42).
 *
 * @param delay how long it still takes new connections after it was told to stop, so that load
 *     balancers see that it is not ready and send their clients elsewhere
 * @param timeout how long running requests may take to end after that
 */
public record DrainConfig(Duration delay, Duration timeout) {

  static DrainConfig read(Section section) {
    DrainConfig drain =
        new DrainConfig(
            section.duration("delay", Duration.ZERO),
            section.duration("timeout", Duration.ofSeconds(30)));
    section.refuseOthers();
    return drain;
  }
}
