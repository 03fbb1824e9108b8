package dev.kinto.gateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What the gateway asks of an upstream at most, and how long it waits for it (contract C34).
 *
 * @param maxConcurrent greatest number of requests that one upstream handles at a time
 * @param maxWebSockets greatest number of WebSockets that are open to one upstream at a time
 * @param queue how many more wait for their turn; those beyond are refused at once
 * @param queueTime how long a request waits for its turn
 * @param connect how long a connection may take to be made
 * @param firstByte how long the answer's first byte may take once the request was sent
 * @param idle the longest pause between two pieces of a request or an answer
 * @param dnsRefresh how often the names of upstreams are looked up again
 * @param whole how long a call may take in all; empty: as long as bytes flow
 */
public record UpstreamLimits(
    int maxConcurrent,
    int maxWebSockets,
    int queue,
    Duration queueTime,
    Duration connect,
    Duration firstByte,
    Duration idle,
    Duration dnsRefresh,
    Optional<Duration> whole) {

  /** What holds where the configuration says nothing else. */
  static UpstreamLimits defaults(int maxWebSockets) {
    return new UpstreamLimits(
        512,
        maxWebSockets,
        128,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Optional.empty());
  }

  /** Reads the limits of a section; those that it does not name are the defaults'. */
  static UpstreamLimits read(Section section, UpstreamLimits defaults) {
    UpstreamLimits limits =
        new UpstreamLimits(
            section.number("maxConcurrent", 1, defaults.maxConcurrent()),
            section.number("maxWebSockets", 1, defaults.maxWebSockets()),
            section.number("queue", 0, defaults.queue()),
            section.duration("queueTime", defaults.queueTime()),
            section.duration("connectTimeout", defaults.connect()),
            section.duration("firstByteTimeout", defaults.firstByte()),
            section.duration("idleTimeout", defaults.idle()),
            section.duration("dnsRefresh", defaults.dnsRefresh()),
            section.optional("totalTimeout", Scalars::duration).or(defaults::whole));
    section.refuseOthers();
    return limits;
  }
}
