package dev.kinto.gateway.session;

import java.io.Serial;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/** Begins a session's idle time anew, unless it has ended (contract C24). Says whether it lives. */
final class Renew implements CacheEntryProcessor<UUID, SessionEntry, Boolean> {
  @Serial private static final long serialVersionUID = 1L;

  private final long now;

  Renew(long now) {
    this.now = now;
  }

  @Override
  public Boolean process(MutableEntry<UUID, SessionEntry> entry, Object... none) {
    if (!entry.exists() || !entry.getValue().alive(now)) {
      return false;
    }
    entry.setValue(entry.getValue().renewed(now));
    return true;
  }
}
