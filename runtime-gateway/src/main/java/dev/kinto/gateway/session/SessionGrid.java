package dev.kinto.gateway.session;

import dev.kinto.gateway.disk.EmptyFolders;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.cache.CachePeekMode;

/**
 * The Apache Ignite cache that holds sessions (contract C37, C38). Keys are hashes of session ids.
 *
 * <p>Every method throws a {@link Refusal} with {@code grid-unavailable} if the grid cannot answer.
 */
public final class SessionGrid implements AutoCloseable {
  /** The key of no session. */
  private static final UUID NOBODYS = new UUID(0, 0);

  private final Ignite ignite;
  private final Path workDirectory;
  private final IgniteCache<UUID, SessionEntry> cache;

  private SessionGrid(Ignite ignite, Path workDirectory) {
    this.ignite = ignite;
    this.workDirectory = workDirectory;
    this.cache = ignite.getOrCreateCache(EmbeddedGrid.sessionCache());
  }

  /**
   * Starts a grid of one node inside this process, on loopback, with no port but the two that a
   * node cannot be without.
   *
   * @param workDirectory where the node may keep its files
   */
  public static SessionGrid start(Path workDirectory) {
    EmbeddedGrid.prepareJvm();
    return new SessionGrid(
        Ignition.start(EmbeddedGrid.configuration(workDirectory)), workDirectory);
  }

  void create(UUID key, SessionEntry entry, long now) {
    available(
        () -> {
          sweepingAfter(entry.timeLeft(now)).put(key, entry);
          return true;
        });
  }

  /** Whether sessions can be read at the moment. */
  public boolean isAvailable() {
    try {
      return find(NOBODYS).isEmpty();
    } catch (Refusal e) {
      return false;
    }
  }

  Optional<SessionEntry> find(UUID key) {
    return available(() -> Optional.ofNullable(cache.get(key)));
  }

  /** Runs a processor where the entry lives; the entry is swept up after this time at last. */
  <T> T invoke(
      UUID key, CacheEntryProcessor<UUID, SessionEntry, T> processor, Duration longestTimeLeft) {
    return available(() -> sweepingAfter(longestTimeLeft).invoke(key, processor));
  }

  /** How many live sessions that never got a field this node holds; looks at every entry. */
  int unused(Instant now) {
    return available(
        () -> {
          int count = 0;
          for (Cache.Entry<UUID, SessionEntry> each : cache.localEntries(CachePeekMode.PRIMARY)) {
            SessionEntry entry = each.getValue();
            if (!entry.used() && entry.alive(now.toEpochMilli())) {
              count++;
            }
          }
          return count;
        });
  }

  /**
   * Ends all sessions whose client is not one of these, so that they stay ended if it ever is one
   * again (contract C25).
   *
   * @param known whether a client id is configured for an environment
   */
  public void endOthers(BiPredicate<String, String> known) {
    available(
        () -> {
          for (Cache.Entry<UUID, SessionEntry> each : cache.localEntries(CachePeekMode.PRIMARY)) {
            SessionEntry entry = each.getValue();
            if (!known.test(entry.clientId(), entry.environment())) {
              cache.remove(each.getKey());
            }
          }
          return true;
        });
  }

  /** The cache, which forgets what is written through it when the entry's time is over. */
  private IgniteCache<UUID, SessionEntry> sweepingAfter(Duration time) {
    return cache.withExpiryPolicy(
        new ModifiedExpiryPolicy(
            new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, time.toMillis())));
  }

  private static <T> T available(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (CacheException | IgniteException | IllegalStateException e) {
      // IllegalStateException is what a node throws that is stopping.
      throw new Refusal(
          ProblemCode.GRID_UNAVAILABLE, "Sessions cannot be read or saved at the moment.", e);
    }
  }

  /** Stops the node. Call it when no request is running any more. */
  @Override
  public void close() {
    Ignition.stop(ignite.name(), true);
    EmptyFolders.remove(workDirectory);
  }
}
