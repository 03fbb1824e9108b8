package dev.kinto.gateway.session;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A session as operators see it (contract C44).
 *
 * @param id its key in the grid, from which no token can be made
 * @param clientId the client that obtained its token
 * @param environment the environment whose microservices it may call
 * @param createdAt when its token was first issued
 * @param expiresAt when it ends if it is not used again
 * @param endsAt when it ends however often it is used
 * @param used whether it ever got a field
 * @param logins how often a login gave it a new token
 * @param fields its fields in their owners' spelling, with their values in wire form
 */
public record StoredSession(
    UUID id,
    String clientId,
    String environment,
    Instant createdAt,
    Instant expiresAt,
    Instant endsAt,
    boolean used,
    int logins,
    Map<String, String> fields) {

  static StoredSession of(UUID id, SessionEntry entry) {
    return new StoredSession(
        id,
        entry.clientId(),
        entry.environment(),
        Instant.ofEpochMilli(entry.createdAt()),
        Instant.ofEpochMilli(Math.min(entry.deadline(), entry.end())),
        Instant.ofEpochMilli(entry.end()),
        entry.used(),
        entry.logins(),
        entry.fields().all());
  }

  /** How long the names and values of its fields are together. */
  public long characters() {
    return fields.entrySet().stream()
        .mapToLong(each -> (long) each.getKey().length() + each.getValue().length())
        .sum();
  }

  /** Names no values: they are the users'. */
  @Override
  public String toString() {
    return "StoredSession[client=" + clientId + ", fields=" + fields.size() + "]";
  }
}
