package dev.kinto.gateway.session;

import java.time.Duration;

/**
 * What the grid knows of a session. Immutable; times are milliseconds since the epoch.
 *
 * <p>The idle deadline is part of the value, because Ignite's own touched expiry writes on every
 * read and an entry processor can bring an expired entry back. A session is alive only while its
 * deadline lies ahead; Ignite's expiry merely sweeps up.
 *
 * @param clientId the client that obtained the token
 * @param environment the environment whose microservices it may call
 * @param createdAt when it began
 * @param deadline when it ends if nothing happens to it
 * @param times how long it may live
 * @param used whether it ever got a field (contract C22)
 * @param logins how often a login replaced its token, so that all calls with older ones lost it
 * @param nonces which of its tokens are good
 * @param recentWrites the last writes into it
 * @param fields its fields
 */
record SessionEntry(
    String clientId,
    String environment,
    long createdAt,
    long deadline,
    Times times,
    boolean used,
    int logins,
    TokenNonces nonces,
    RecentWrites recentWrites,
    SessionFields fields) {

  /** Of nobody, and ended. */
  static final SessionEntry NOBODYS =
      new SessionEntry(
          "",
          "",
          0,
          0,
          new Times(0, 0, 0, 0),
          false,
          0,
          TokenNonces.only(NonceHash.NONE),
          RecentWrites.NONE,
          SessionFields.NONE);

  /**
   * How long a session may live.
   *
   * @param maxEnd when it ends however often it is used; 0 once somebody has ended it
   * @param unusedEnd the same while it never got a field
   * @param idle its idle time in milliseconds
   * @param unusedIdle the same while it never got a field
   */
  record Times(long maxEnd, long unusedEnd, long idle, long unusedIdle) {
    static Times of(SessionLifetime lifetime, long now) {
      long maxEnd = now + lifetime.max().toMillis();
      long idle = lifetime.idle().toMillis();
      return new Times(
          maxEnd,
          Math.min(now + lifetime.unusedMax().toMillis(), maxEnd),
          idle,
          Math.min(lifetime.unused().toMillis(), idle));
    }

    private Times ended() {
      return new Times(0, unusedEnd, idle, unusedIdle);
    }

    /**
     * The deadline of a session used now: a tenth later than promised, because a renewal is written
     * at most once in a tenth of the idle time (contract C24).
     */
    long deadline(boolean used, long now) {
      long idleTime = used ? idle : unusedIdle;
      return Math.min(now + idleTime + idleTime / 10, used ? maxEnd : unusedEnd);
    }
  }

  /** A session that begins. */
  static SessionEntry begun(
      String clientId,
      String environment,
      NonceHash nonceHash,
      SessionLifetime lifetime,
      long now) {
    Times times = Times.of(lifetime, now);
    return new SessionEntry(
        clientId,
        environment,
        now,
        times.deadline(false, now),
        times,
        false,
        0,
        TokenNonces.only(nonceHash),
        RecentWrites.NONE,
        SessionFields.NONE);
  }

  /** The same after a write, and used now. */
  SessionEntry written(SessionFields changed, long writeId, long now) {
    boolean usedNow = used || changed.size() > 0;
    return new SessionEntry(
        clientId,
        environment,
        createdAt,
        renewedDeadline(usedNow, now),
        times,
        usedNow,
        logins,
        nonces,
        recentWrites.with(writeId),
        changed);
  }

  /** The same with other nonces, and used now. */
  SessionEntry with(TokenNonces changed, long now) {
    return with(changed, logins, now);
  }

  /** The same after a login, from which on only this nonce is good, and used now. */
  SessionEntry loggedIn(NonceHash nonceHash, long now) {
    return with(TokenNonces.only(nonceHash), logins + 1, now);
  }

  /**
   * What is left of it for a while after its end: nothing that is done to it once more brings it
   * back, and an end that is carried out once more is known by its id. The deadline stays: by then,
   * what was stored before is over too, wherever it still may be.
   */
  SessionEntry ended(long writeId) {
    return new SessionEntry(
        clientId,
        environment,
        createdAt,
        deadline,
        times.ended(),
        used,
        logins,
        nonces,
        recentWrites.with(writeId),
        SessionFields.NONE);
  }

  /** Whether it is what {@link #ended} leaves. */
  boolean isEnded() {
    return times.maxEnd() == 0;
  }

  private SessionEntry with(TokenNonces changed, int changedLogins, long now) {
    return new SessionEntry(
        clientId,
        environment,
        createdAt,
        renewedDeadline(used, now),
        times,
        used,
        changedLogins,
        changed,
        recentWrites,
        fields);
  }

  /** Never sooner than what was promised before, though another gateway's clock may be behind. */
  private long renewedDeadline(boolean usedNow, long now) {
    return Math.max(deadline, times.deadline(usedNow, now));
  }

  /** Whether the last renewal is a tenth of the idle time ago. */
  boolean wantsRenewal(long now) {
    return times.deadline(used, now) - deadline >= Math.max(1, idleMillis() / 10);
  }

  boolean alive(long now) {
    return now < deadline && !isEnded();
  }

  /** How long it lives if nothing happens to it. */
  Duration timeLeft(long now) {
    return Duration.ofMillis(Math.max(1, deadline - now));
  }

  /** How long it lives if it is used now and nothing else happens to it. */
  Duration timeLeftAfterUse(long now) {
    return Duration.ofMillis(Math.max(1, renewedDeadline(used, now) - now));
  }

  /** How long it lives at most if it is used now, whatever others write into it meanwhile. */
  Duration longestTimeLeft(long now) {
    return Duration.ofMillis(Math.max(1, renewedDeadline(true, now) - now));
  }

  /** The idle time that it has now. */
  long idleMillis() {
    return used ? times.idle() : times.unusedIdle();
  }

  /** When it ends however often it is used, unless it gets its first field. */
  long end() {
    return used ? times.maxEnd() : times.unusedEnd();
  }

  /** Names no values: they are the users'. */
  @Override
  public String toString() {
    return "SessionEntry[client=" + clientId + ", fields=" + fields.size() + "]";
  }
}
