package dev.kinto.gateway.session;

import java.io.Serial;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/**
 * Ends a session, if the token is its newest one (contract C28). The look and the removal are one
 * step where the entry lives: a login that is under way at the same moment is either before it, and
 * then the token is dead, or behind it, and finds no session.
 */
final class End implements CacheEntryProcessor<UUID, SessionEntry, Outcome> {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] presented;
  private final long now;

  End(byte[] presented, long now) {
    this.presented = presented;
    this.now = now;
  }

  @Override
  public Outcome process(MutableEntry<UUID, SessionEntry> entry, Object... none) {
    if (!entry.exists() || !entry.getValue().alive(now)) {
      return Outcome.ENDED;
    }
    if (!entry.getValue().nonces().isCurrent(presented)) {
      return Outcome.REPLACED;
    }
    entry.remove();
    return Outcome.DONE;
  }
}
