package dev.kinto.gateway.session;

import java.util.Comparator;
import java.util.UUID;

/**
 * What counts of a session (contract C22).
 *
 * @param clientId whose it is
 * @param createdAt when it began, in milliseconds since the epoch
 * @param used whether it ever got a field
 * @param size in bytes as it is stored
 */
record SessionSummary(String clientId, long createdAt, boolean used, int size) {
  /**
   * A session that never got a field.
   *
   * @param size as above
   */
  record Unused(long createdAt, UUID key, int size) {
    static final Comparator<Unused> OLDEST_FIRST =
        Comparator.comparingLong(Unused::createdAt).thenComparing(Unused::key);
  }

  Unused unused(UUID key) {
    return new Unused(createdAt, key, size);
  }
}
