package dev.kinto.gateway.session;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The session of one request, as it was when the request was authenticated. Immutable; changes go
 * through {@link Sessions#apply}.
 */
public final class Session {
  /** The session of a public call, which is nobody's: no fields, nothing to save. */
  public static final Session NONE =
      new Session(new Token(new byte[0], new byte[0], ""), SessionEntry.NOBODYS);

  private final Token token;
  private final SessionEntry entry;

  Session(Token token, SessionEntry entry) {
    this.token = token;
    this.entry = entry;
  }

  /** The token that the request came with. */
  Token token() {
    return token;
  }

  SessionEntry entry() {
    return entry;
  }

  /** Its id, which stays the same whatever its token is; no token can be made from it. */
  public UUID id() {
    return token.gridKey();
  }

  /** The client that obtained the token. */
  public String clientId() {
    return entry.clientId();
  }

  /** The environment whose microservices it may call. */
  public String environment() {
    return entry.environment();
  }

  /** When the token was first issued. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(entry.createdAt());
  }

  /** Seconds until it ends if it is not used again (contract C22). */
  public long expiresInSeconds(Instant now) {
    return Math.min(entry.idleMillis() / 1000, secondsUntil(entry.end(), now));
  }

  /** Seconds until it ends however often it is used, if it has a field or gets one. */
  public long maxExpiresInSeconds(Instant now) {
    return secondsUntil(entry.times().maxEnd(), now);
  }

  /** Rounded up: the second in which the session ends still counts. */
  private static long secondsUntil(long end, Instant now) {
    return Math.max(0, (end - now.toEpochMilli() + 999) / 1000);
  }

  /** The wire form of a field's value, by folded name. */
  public Optional<String> value(String foldedName) {
    return entry.fields().value(foldedName);
  }

  /** Names no values: they are the users'. */
  @Override
  public String toString() {
    return "Session[client=" + clientId() + ", fields=" + entry.fields().size() + "]";
  }
}
