package dev.kinto.gateway.session;

import java.io.Serial;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Merges a change into a session where its entry lives, atomically, renews it, and replaces its
 * token if the change says so (contract C26, C28). An ended session stays ended: without the look
 * at {@code exists()} Ignite would bring it back.
 *
 * <p>The change travels as names and values; a null value removes its field.
 */
final class ApplyChange implements CacheEntryProcessor<UUID, SessionEntry, Outcome> {
  @Serial private static final long serialVersionUID = 1L;

  private final String[] names;
  private final @Nullable String[] values;
  private final byte[] presented;
  private final int logins;
  private final byte @Nullable [] nextNonceHash;
  private final int maxBytes;
  private final int maxFields;
  private final long now;

  /**
   * The change as it travels.
   *
   * @param presented the nonce of the request's token
   * @param logins how often a login had replaced the session's token when the request came
   * @param nextNonceHash the only nonce that is good from now on, or null if the token stays
   */
  ApplyChange(
      SessionChange change,
      byte[] presented,
      int logins,
      byte @Nullable [] nextNonceHash,
      SessionLimits limits,
      long now) {
    this.maxBytes = limits.maxSessionBytes();
    this.maxFields = limits.maxFields();
    this.presented = presented;
    this.logins = logins;
    this.nextNonceHash = nextNonceHash;
    int size = change.assignments().size();
    names = new String[size];
    values = new @Nullable String[size];
    for (int i = 0; i < size; i++) {
      SessionChange.Assignment assignment = change.assignments().get(i);
      names[i] = assignment.field().spelling();
      values[i] = assignment.value().orElse(null);
    }
    this.now = now;
  }

  @Override
  public Outcome process(MutableEntry<UUID, SessionEntry> entry, Object... none) {
    if (!entry.exists() || !entry.getValue().alive(now)) {
      return Outcome.ENDED;
    }
    SessionEntry stored = entry.getValue();
    if (stored.logins() != logins) {
      // A call with the token from before a login, which somebody else may have planted, must not
      // write into the session of who logged in; nor may a login that another one overtook.
      return Outcome.REPLACED;
    }
    if (nextNonceHash != null && !stored.nonces().accepts(presented, now)) {
      return Outcome.REPLACED;
    }
    SessionFields changed = stored.fields().with(names, values);
    if (changed.size() > maxFields || changed.bytes() > maxBytes) {
      return Outcome.TOO_LARGE;
    }
    SessionEntry renewed = stored.with(changed, now);
    entry.setValue(nextNonceHash == null ? renewed : renewed.loggedIn(nextNonceHash, now));
    return renewed.used() && !stored.used() ? Outcome.FIRST_FIELD : Outcome.DONE;
  }
}
