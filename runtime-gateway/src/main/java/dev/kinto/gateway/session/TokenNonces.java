package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Which tokens of a session are good: those with the current nonce and, for a grace time after a
 * rotation, those with the previous one (contract C23, C28). Nonces are known by their hashes only.
 * Immutable; times are milliseconds since the epoch.
 *
 * <p>A rotation whose answer was lost leaves the client with the previous token. It may rotate
 * again with that one as long as nobody has used the successor, however late it notices; the lost
 * successor dies then.
 *
 * @param current hash of the newest token's nonce
 * @param previous of the one before; {@link NonceHash#NONE} if there is none
 * @param previousUntil until when that one serves calls
 * @param currentUsed whether anybody has used the newest token
 */
record TokenNonces(NonceHash current, NonceHash previous, long previousUntil, boolean currentUsed) {
  /** Only this one is good. It has no predecessor, so its first use is nothing to remember. */
  static TokenNonces only(NonceHash nonceHash) {
    return new TokenNonces(nonceHash, NonceHash.NONE, 0, true);
  }

  /** Whether it is the nonce of the newest token. */
  boolean isCurrent(NonceHash nonceHash) {
    return current.equals(nonceHash);
  }

  /** Whether it is the nonce of the newest token, or of the one before within its grace time. */
  boolean accepts(NonceHash nonceHash, long now) {
    return isCurrent(nonceHash) || (now < previousUntil && isPrevious(nonceHash));
  }

  private boolean isPrevious(NonceHash nonceHash) {
    return previous.equals(nonceHash);
  }

  /** Whether it is one of the two. */
  boolean knows(NonceHash nonceHash) {
    return isCurrent(nonceHash) || isPrevious(nonceHash);
  }

  /** Whether a use of this nonce is the first one of a successor, and so must be remembered. */
  boolean isFirstUse(NonceHash nonceHash) {
    return !currentUsed && isCurrent(nonceHash);
  }

  /** With the use of this nonce remembered. */
  TokenNonces used(NonceHash nonceHash) {
    return isFirstUse(nonceHash) ? new TokenNonces(current, previous, previousUntil, true) : this;
  }

  /** With a successor; empty if the presented nonce may not be rotated (any more). */
  Optional<TokenNonces> rotated(NonceHash presented, NonceHash next, long now, long graceMillis) {
    if (isCurrent(presented)) {
      return Optional.of(new TokenNonces(next, current, now + graceMillis, false));
    }
    return !currentUsed && isPrevious(presented)
        ? Optional.of(new TokenNonces(next, previous, previousUntil, false))
        : Optional.empty();
  }
}
