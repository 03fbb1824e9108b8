package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Merges a change into a session, renews it, and replaces its token if the change says so (contract
 * C26, C28). An ended session stays ended.
 *
 * @param writeId 48 random bits, by which a second try of the same write is known
 * @param change what to set and to remove
 * @param presented hash of the nonce of the request's token
 * @param logins how often a login had replaced the session's token when the request came
 * @param next hash of the only nonce that is good from now on; empty if the token stays
 * @param maxBytes greatest size of the session
 * @param maxFields greatest number of its fields
 * @param mostGrowth by how many bytes the stored session may grow, which are reserved for it if its
 *     client has a cap of bytes
 * @param now the time
 */
record ApplyChange(
    long writeId,
    FieldChanges change,
    NonceHash presented,
    int logins,
    Optional<NonceHash> next,
    int maxBytes,
    int maxFields,
    int mostGrowth,
    long now)
    implements SessionOperation {
  static final int KIND = 4;

  /** The same, which may make the stored session larger by so many bytes. */
  ApplyChange growingBy(int most) {
    return new ApplyChange(
        writeId, change, presented, logins, next, maxBytes, maxFields, most, now);
  }

  /** By how many bytes it makes a stored session larger that is as it was read. */
  int growthOf(SessionEntry entry) {
    SessionEntry written = entry.written(entry.fields().with(change), writeId, now);
    return Math.max(0, EntryFormat.write(written).length - EntryFormat.write(entry).length);
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.sixBytes(writeId).hash(presented).fourBytes(logins);
    out.length(next.isPresent() ? NonceHash.LENGTH : 0);
    next.ifPresent(out::hash);
    out.fourBytes(maxBytes).fourBytes(maxFields).fourBytes(mostGrowth).sixBytes(now);
    change.pack(out);
  }

  static ApplyChange unpack(Unpacker in) {
    long writeId = in.sixBytes();
    NonceHash presented = in.hash();
    int logins = in.fourBytes();
    Optional<NonceHash> next = in.length() > 0 ? Optional.of(in.hash()) : Optional.empty();
    int maxBytes = in.fourBytes();
    int maxFields = in.fourBytes();
    int mostGrowth = in.fourBytes();
    long now = in.sixBytes();
    FieldChanges change = FieldChanges.unpack(in);
    return new ApplyChange(
        writeId, change, presented, logins, next, maxBytes, maxFields, mostGrowth, now);
  }

  @Override
  public Outcome on(Slot slot) {
    if (slot.did(writeId)) {
      return Outcome.DONE; // by an earlier try
    }
    Optional<SessionEntry> found = slot.live(now);
    if (found.isEmpty()) {
      return Outcome.ENDED;
    }
    SessionEntry stored = found.get();
    if (!mayWrite(stored)) {
      return Outcome.REPLACED;
    }
    SessionFields changed = stored.fields().with(change);
    if (changed.size() > maxFields || changed.bytes() > maxBytes) {
      return Outcome.TOO_LARGE;
    }
    SessionEntry written = stored.written(changed, writeId, now);
    return slot.storeIfRoom(
        next.map(hash -> written.loggedIn(hash, now)).orElse(written), mostGrowth);
  }

  /**
   * A call with the token from before a login, which somebody else may have planted, must not write
   * into the session of who logged in; nor may a login that another one overtook.
   */
  private boolean mayWrite(SessionEntry stored) {
    return stored.logins() == logins && (next.isEmpty() || stored.nonces().accepts(presented, now));
  }
}
