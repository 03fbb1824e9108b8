package dev.kinto.gateway.session;

import java.io.Serial;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/**
 * Begins a session's idle time anew and remembers that a token was used, unless the session has
 * ended or a login has replaced the token (contract C24, C28).
 */
final class Renew implements CacheEntryProcessor<UUID, SessionEntry, Outcome> {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] nonceHash;
  private final int logins;
  private final long now;

  /**
   * A use of a token that was good when its request came.
   *
   * @param logins how often a login had replaced the session's token by then
   */
  Renew(byte[] nonceHash, int logins, long now) {
    this.nonceHash = nonceHash;
    this.logins = logins;
    this.now = now;
  }

  @Override
  public Outcome process(MutableEntry<UUID, SessionEntry> entry, Object... none) {
    if (!entry.exists() || !entry.getValue().alive(now)) {
      return Outcome.ENDED;
    }
    SessionEntry stored = entry.getValue();
    if (stored.logins() != logins) {
      return Outcome.REPLACED;
    }
    entry.setValue(stored.with(stored.nonces().used(nonceHash), now));
    return Outcome.DONE;
  }
}
