package dev.kinto.gateway.session;

import java.io.Serial;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/**
 * Begins a session's idle time anew and remembers that a token was used, unless the session has
 * ended (contract C24, C28). Says whether it lives.
 */
final class Renew implements CacheEntryProcessor<UUID, SessionEntry, Boolean> {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] nonceHash;
  private final long now;

  Renew(byte[] nonceHash, long now) {
    this.nonceHash = nonceHash;
    this.now = now;
  }

  @Override
  public Boolean process(MutableEntry<UUID, SessionEntry> entry, Object... none) {
    if (!entry.exists() || !entry.getValue().alive(now)) {
      return false;
    }
    SessionEntry stored = entry.getValue();
    entry.setValue(stored.with(stored.nonces().used(nonceHash), now));
    return true;
  }
}
