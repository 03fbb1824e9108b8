package dev.kinto.gateway.session;

import java.io.Serial;
import java.util.Optional;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.cache.CacheEntryProcessor;

/**
 * Gives a session a new token where its entry lives, so that no parallel write is lost (contract
 * C23).
 */
final class Rotate implements CacheEntryProcessor<UUID, SessionEntry, Outcome> {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] presented;
  private final byte[] next;
  private final long graceMillis;
  private final long now;

  Rotate(byte[] presented, byte[] next, long graceMillis, long now) {
    this.presented = presented;
    this.next = next;
    this.graceMillis = graceMillis;
    this.now = now;
  }

  @Override
  public Outcome process(MutableEntry<UUID, SessionEntry> entry, Object... none) {
    if (!entry.exists() || !entry.getValue().alive(now)) {
      return Outcome.ENDED;
    }
    SessionEntry stored = entry.getValue();
    Optional<TokenNonces> rotated = stored.nonces().rotated(presented, next, now, graceMillis);
    rotated.ifPresent(nonces -> entry.setValue(stored.with(nonces, now)));
    return rotated.isPresent() ? Outcome.DONE : Outcome.REPLACED;
  }
}
