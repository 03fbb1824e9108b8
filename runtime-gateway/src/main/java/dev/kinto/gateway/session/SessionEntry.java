package dev.kinto.gateway.session;

import java.time.Duration;
import org.apache.ignite.binary.BinaryObjectException;
import org.apache.ignite.binary.BinaryRawReader;
import org.apache.ignite.binary.BinaryRawWriter;
import org.apache.ignite.binary.BinaryReader;
import org.apache.ignite.binary.BinaryWriter;
import org.apache.ignite.binary.Binarylizable;

/**
 * What the grid stores of a session. Times are milliseconds since the epoch.
 *
 * <p>The idle deadline is part of the value, because Ignite's own touched expiry writes on every
 * read and an entry processor can bring an expired entry back. A session is alive only while its
 * deadline lies ahead; Ignite's expiry merely sweeps up.
 *
 * <p>Not a record: Ignite 2 cannot store those. The fields are written in the order of the class;
 * {@code FORMAT} leads, so that a later version can read an older entry.
 */
final class SessionEntry implements Binarylizable {
  private static final int FORMAT = 1;

  private String clientId = "";
  private String environment = "";
  private long createdAt;
  private long deadline;
  private long maxEnd;
  private long idleMillis;

  /** The idle time while it never got a field. */
  private long unusedIdleMillis;

  private boolean used;

  /** How often a login replaced its token, so that all calls with older ones lost it. */
  private int logins;

  private TokenNonces nonces = TokenNonces.only(new byte[0]);
  private String[] fields = {};

  /** For Ignite, which fills the fields in with {@link #readBinary}. */
  SessionEntry() {}

  SessionEntry(
      String clientId, String environment, byte[] nonceHash, SessionLifetime lifetime, long now) {
    this.clientId = clientId;
    this.environment = environment;
    this.nonces = TokenNonces.only(nonceHash);
    this.createdAt = now;
    this.maxEnd = now + lifetime.max().toMillis();
    this.idleMillis = lifetime.idle().toMillis();
    this.unusedIdleMillis = Math.min(lifetime.unused().toMillis(), idleMillis);
    this.deadline = renewedDeadline(now);
  }

  private SessionEntry(
      SessionEntry other, TokenNonces nonces, int logins, String[] fields, long now) {
    this.clientId = other.clientId;
    this.environment = other.environment;
    this.nonces = nonces;
    this.logins = logins;
    this.createdAt = other.createdAt;
    this.maxEnd = other.maxEnd;
    this.idleMillis = other.idleMillis;
    this.unusedIdleMillis = other.unusedIdleMillis;
    this.used = other.used || fields.length > 0;
    this.fields = fields;
    this.deadline = renewedDeadline(now);
  }

  /** Used now: its idle time begins anew. */
  SessionEntry renewed(long now) {
    return new SessionEntry(this, nonces, logins, fields, now);
  }

  /** The same with other fields, and used now. */
  SessionEntry with(SessionFields changed, long now) {
    return new SessionEntry(this, nonces, logins, changed.toArray(), now);
  }

  /** The same with other nonces, and used now. */
  SessionEntry with(TokenNonces changed, long now) {
    return new SessionEntry(this, changed, logins, fields, now);
  }

  /** The same after a login, from which on only this nonce is good, and used now. */
  SessionEntry loggedIn(byte[] nonceHash, long now) {
    return new SessionEntry(this, TokenNonces.only(nonceHash), logins + 1, fields, now);
  }

  /**
   * The deadline of a session used now: a tenth later than promised, because a renewal is written
   * at most once in a tenth of the idle time (contract C24).
   */
  private long renewedDeadline(long now) {
    return deadlineAfter(idleMillis(), now);
  }

  private long deadlineAfter(long idle, long now) {
    return Math.min(now + idle + idle / 10, maxEnd);
  }

  /** Whether the last renewal is a tenth of the idle time ago. */
  boolean wantsRenewal(long now) {
    return renewedDeadline(now) - deadline >= Math.max(1, idleMillis() / 10);
  }

  boolean alive(long now) {
    return now < deadline;
  }

  /** How long it lives if nothing happens to it. */
  Duration timeLeft(long now) {
    return Duration.ofMillis(Math.max(1, deadline - now));
  }

  /** How long it lives at most if it is used now, whatever others write into it meanwhile. */
  Duration longestTimeLeft(long now) {
    return Duration.ofMillis(Math.max(1, deadlineAfter(idleMillis, now) - now));
  }

  /** Whether it ever got a field (contract C22). */
  boolean used() {
    return used;
  }

  String clientId() {
    return clientId;
  }

  String environment() {
    return environment;
  }

  TokenNonces nonces() {
    return nonces;
  }

  int logins() {
    return logins;
  }

  long createdAt() {
    return createdAt;
  }

  long maxEnd() {
    return maxEnd;
  }

  /** The idle time that it has now. */
  long idleMillis() {
    return used ? idleMillis : unusedIdleMillis;
  }

  SessionFields fields() {
    return new SessionFields(fields);
  }

  @Override
  public void writeBinary(BinaryWriter writer) throws BinaryObjectException {
    BinaryRawWriter raw = writer.rawWriter();
    raw.writeInt(FORMAT);
    raw.writeString(clientId);
    raw.writeString(environment);
    raw.writeLong(createdAt);
    raw.writeLong(deadline);
    raw.writeLong(maxEnd);
    raw.writeLong(idleMillis);
    raw.writeLong(unusedIdleMillis);
    raw.writeBoolean(used);
    raw.writeInt(logins);
    nonces.write(raw);
    raw.writeStringArray(fields);
  }

  @SuppressWarnings("NullAway") // what is read was written by writeBinary, which writes no null
  @Override
  public void readBinary(BinaryReader reader) throws BinaryObjectException {
    BinaryRawReader raw = reader.rawReader();
    int format = raw.readInt();
    if (format != FORMAT) {
      throw new BinaryObjectException("unknown format of a session entry: " + format);
    }
    clientId = raw.readString();
    environment = raw.readString();
    createdAt = raw.readLong();
    deadline = raw.readLong();
    maxEnd = raw.readLong();
    idleMillis = raw.readLong();
    unusedIdleMillis = raw.readLong();
    used = raw.readBoolean();
    logins = raw.readInt();
    nonces = TokenNonces.read(raw);
    fields = raw.readStringArray();
  }
}
