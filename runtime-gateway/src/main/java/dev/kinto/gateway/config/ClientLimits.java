package dev.kinto.gateway.config;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a client may send at most, and how long a listener waits for it (contract C36). Whoever
 * sends or reads more slowly holds a connection that others could have.
 *
 * @param maxTargetLength greatest length of the request line in bytes; 414 beyond
 * @param maxHeadersSize greatest size of all header lines together in bytes; 431 beyond
 * @param maxBodySize greatest size of a body in bytes, 413 beyond; empty: any size
 * @param head how long a head may take from its first byte to its last; 408 beyond
 * @param idle how long a connection may stay open without a request; it is closed silently then
 * @param body the longest pause in a body; 408 beyond
 * @param write how long the client may take to read a piece of an answer, at most 16 KiB; it is cut
 *     off then
 * @param maxConnections greatest number of connections to one listener; more wait to be accepted
 */
public record ClientLimits(
    int maxTargetLength,
    int maxHeadersSize,
    OptionalLong maxBodySize,
    Duration head,
    Duration idle,
    Duration body,
    Duration write,
    OptionalInt maxConnections) {

  /** A head is held in memory whole, and one of any larger size is no head but an attack. */
  private static final int MOST_OF_A_HEAD = 16 * 1024 * 1024;

  /** What holds where the configuration says nothing else. */
  public static final ClientLimits DEFAULT =
      new ClientLimits(
          8 * 1024, // as RFC 9112, section 3 recommends
          16 * 1024,
          OptionalLong.empty(),
          Duration.ofSeconds(15),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          OptionalInt.empty());

  /** Reads the limits of a section; those that it does not name are the defaults'. */
  static ClientLimits read(Section section, ClientLimits defaults) {
    ClientLimits limits =
        new ClientLimits(
            size(section, "maxTargetLength", 256, defaults.maxTargetLength()),
            size(section, "maxHeadersSize", 1024, defaults.maxHeadersSize()),
            section
                .optional("maxBodySize", Scalars.size(0, Long.MAX_VALUE))
                .map(OptionalLong::of)
                .orElse(defaults.maxBodySize()),
            section.duration("headTimeout", defaults.head()),
            section.duration("idleTimeout", defaults.idle()),
            section.duration("bodyTimeout", defaults.body()),
            section.duration("writeTimeout", defaults.write()),
            section
                .optional("maxConnections", Scalars.number(1))
                .map(OptionalInt::of)
                .orElse(defaults.maxConnections()));
    section.refuseOthers();
    return limits;
  }

  private static int size(Section section, String key, int least, int absent) {
    return section
        .optional(key, Scalars.size(least, MOST_OF_A_HEAD))
        .map(Long::intValue)
        .orElse(absent);
  }
}
