package dev.kinto.gateway.session;

import java.security.MessageDigest;
import java.util.Optional;
import org.apache.ignite.binary.BinaryRawReader;
import org.apache.ignite.binary.BinaryRawWriter;

/**
 * Which tokens of a session are good: those with the current nonce and, for a grace time after a
 * rotation, those with the previous one (contract C23, C28). Nonces are known by their hashes only.
 * Immutable; times are milliseconds since the epoch.
 *
 * <p>A rotation whose answer was lost leaves the client with the previous token. It may rotate
 * again with that one as long as nobody has used the successor, however late it notices; the lost
 * successor dies then.
 */
final class TokenNonces {
  private static final byte[] NONE = {};

  private final byte[] current;
  private final byte[] previous;
  private final long previousUntil;
  private final boolean currentUsed;

  private TokenNonces(byte[] current, byte[] previous, long previousUntil, boolean currentUsed) {
    this.current = current;
    this.previous = previous;
    this.previousUntil = previousUntil;
    this.currentUsed = currentUsed;
  }

  /** Only this one is good. It has no predecessor, so its first use is nothing to remember. */
  static TokenNonces only(byte[] nonceHash) {
    return new TokenNonces(nonceHash, NONE, 0, true);
  }

  /** Whether it is the nonce of the newest token. */
  boolean isCurrent(byte[] nonceHash) {
    return MessageDigest.isEqual(current, nonceHash);
  }

  /** Whether it is the nonce of the newest token, or of the one before within its grace time. */
  boolean accepts(byte[] nonceHash, long now) {
    return isCurrent(nonceHash) || (now < previousUntil && isPrevious(nonceHash));
  }

  private boolean isPrevious(byte[] nonceHash) {
    return MessageDigest.isEqual(previous, nonceHash);
  }

  /** Whether a use of this nonce is the first one of a successor, and so must be remembered. */
  boolean isFirstUse(byte[] nonceHash) {
    return !currentUsed && isCurrent(nonceHash);
  }

  /** With the use of this nonce remembered. */
  TokenNonces used(byte[] nonceHash) {
    return isFirstUse(nonceHash) ? new TokenNonces(current, previous, previousUntil, true) : this;
  }

  /** With a successor; empty if the presented nonce may not be rotated (any more). */
  Optional<TokenNonces> rotated(byte[] presented, byte[] next, long now, long graceMillis) {
    if (isCurrent(presented)) {
      return Optional.of(new TokenNonces(next, current, now + graceMillis, false));
    }
    return !currentUsed && isPrevious(presented)
        ? Optional.of(new TokenNonces(next, previous, previousUntil, false))
        : Optional.empty();
  }

  void write(BinaryRawWriter raw) {
    raw.writeByteArray(current);
    raw.writeByteArray(previous);
    raw.writeLong(previousUntil);
    raw.writeBoolean(currentUsed);
  }

  @SuppressWarnings("NullAway") // what is read was written by write, which writes no null
  static TokenNonces read(BinaryRawReader raw) {
    return new TokenNonces(
        raw.readByteArray(), raw.readByteArray(), raw.readLong(), raw.readBoolean());
  }
}
