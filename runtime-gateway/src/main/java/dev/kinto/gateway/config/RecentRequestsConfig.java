package dev.kinto.gateway.config;

/**
 * How many of the last requests the gateway can tell of (contract C45).
 *
 * @param count how many; 0: none
 * @param bytes how much memory they may take
 */
public record RecentRequestsConfig(int count, long bytes) {
  private static final int COUNT = 10_000;
  private static final int MOST = 1_000_000;
  private static final long BYTES = 16L << 20;
  private static final long LEAST_BYTES = 64 << 10;

  static RecentRequestsConfig read(Section section) {
    RecentRequestsConfig config =
        new RecentRequestsConfig(
            section.number("count", 0, COUNT),
            section.optional("memory", Scalars.size(LEAST_BYTES, Long.MAX_VALUE)).orElse(BYTES));
    if (config.count() > MOST) {
      section.found("count", "at most " + MOST + " requests are kept.");
    }
    section.refuseOthers();
    return config;
  }
}
