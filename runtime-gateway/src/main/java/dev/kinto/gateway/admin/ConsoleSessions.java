package dev.kinto.gateway.admin;

import dev.kinto.gateway.config.AdminConfig;
import dev.kinto.gateway.config.SecretHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Who is logged in to the console of this gateway. In memory only; few at a time, of which the one
 * that was not used for the longest time makes room; each ends when it is idle, when it is old, and
 * when its secret is no operator's any more. Safe for use by any number of threads.
 */
public final class ConsoleSessions {
  /** After this time without use a session ends. What a page asks by itself is no use. */
  static final Duration IDLE = Duration.ofMinutes(30);

  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int MOST = 64;
  private static final int ID_BYTES = 32;

  private final LongSupplier nanoTime;
  private final SecureRandom random = new SecureRandom();

  /** The hashes of the sessions' ids, so that none is in a dump of the memory; last used last. */
  private final Map<SecretHash, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** A session: whose secret began it, and when it began and was used, by {@link #nanoTime}. */
  private record Entry(SecretHash secret, long begun, long used) {
    boolean isOver(long now) {
      return now - used >= IDLE.toNanos() || now - begun >= LONGEST.toNanos();
    }
  }

  /**
   * Nobody is logged in yet.
   *
   * @param nanoTime tells how time goes by, as {@link System#nanoTime} does
   */
  public ConsoleSessions(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Begins a session of who knows this secret; its id is what the browser shows from now on. */
  synchronized String begin(SecretHash secret) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long now = nanoTime.getAsLong();
    entries.values().removeIf(each -> each.isOver(now));
    while (entries.size() >= MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
    entries.put(SecretHash.of(id), new Entry(secret, now, now));
    return id;
  }

  /**
   * The id of the secret that a session began with.
   *
   * @param used whether somebody uses it; otherwise its idle time goes on
   * @return empty if there is no such session any more
   */
  synchronized Optional<String> operator(String id, AdminConfig config, boolean used) {
    SecretHash key = SecretHash.of(id);
    Entry entry = entries.get(key);
    long now = nanoTime.getAsLong();
    if (entry == null || entry.isOver(now) || !config.secrets().contains(entry.secret())) {
      entries.remove(key);
      return Optional.empty();
    }
    if (used) {
      entries.put(key, new Entry(entry.secret(), entry.begun(), now));
    }
    return Optional.of(entry.secret().id());
  }

  /** Ends a session. */
  synchronized void end(String id) {
    entries.remove(SecretHash.of(id));
  }

  /** Ends all sessions but those whose secret is still an operator's. */
  public synchronized void keepOnly(AdminConfig config) {
    entries.values().removeIf(each -> !config.secrets().contains(each.secret()));
  }
}
