package dev.kinto.gateway.session;

import dev.kinto.gateway.disk.EmptyFolders;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
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
import org.apache.ignite.cache.query.ScanQuery;

/**
 * The Apache Ignite cache that holds sessions (contract C37, C38). Keys are hashes of session ids.
 *
 * <p>Every method throws a {@link Refusal} with {@code grid-unavailable} if the grid cannot answer.
 */
public final class SessionGrid implements AutoCloseable {
  /** Less would be full with few sessions: Ignite itself takes 2 MB. */
  public static final long LEAST_MEMORY = 16L * 1024 * 1024;

  /** What a client is told of an entry that this version of the gateway cannot read. */
  static final String NEWER =
      "The session was saved by a newer version of the gateway, which this one cannot read.";

  /** The key of no session. */
  private static final UUID NOBODYS = new UUID(0, 0);

  private final Ignite ignite;
  private final Path workDirectory;
  private final IgniteCache<UUID, byte[]> cache;
  private final Room room;

  /** Each takes memory for a moment, even if it adds nothing; see {@link Room}. */
  private final Semaphore writes;

  private final Census census;

  private SessionGrid(Ignite ignite, Path workDirectory, long memory) {
    this.ignite = ignite;
    this.workDirectory = workDirectory;
    this.room = Room.in(ignite);
    this.writes = new Semaphore(Room.writesAtOnce(memory));
    this.cache = ignite.getOrCreateCache(EmbeddedGrid.sessionCache());
    this.census = Census.of(cache);
  }

  /**
   * Starts a grid of one node inside this process, on loopback, with no port but the two that a
   * node cannot be without.
   *
   * @param workDirectory where the node may keep its files
   * @param memory what sessions may take outside the heap, in bytes; at least {@link #LEAST_MEMORY}
   */
  public static SessionGrid start(Path workDirectory, long memory) {
    EmbeddedGrid.prepareJvm();
    return new SessionGrid(
        Ignition.start(EmbeddedGrid.configuration(workDirectory, memory)), workDirectory, memory);
  }

  /** How full its memory is. */
  public SessionMemory memory() {
    return available(room::memory);
  }

  /** How many sessions each client has. */
  Census census() {
    return census;
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
    return available(() -> Optional.ofNullable(cache.get(key)).map(EntryFormat::read));
  }

  /** Runs an operation where the entry lives; the entry is swept up after this time at last. */
  Outcome run(UUID key, Operation operation, Duration longestTimeLeft) {
    writes.acquireUninterruptibly();
    try {
      int code =
          available(
              () -> sweepingAfter(longestTimeLeft).invoke(key, new SessionProcessor(operation)));
      return Outcome.of(code);
    } finally {
      writes.release();
    }
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
          try (var all = cache.query(new ScanQuery<UUID, byte[]>())) {
            for (Cache.Entry<UUID, byte[]> each : all) {
              EntryFormat.ifKnown(each.getValue())
                  .filter(entry -> !known.test(entry.clientId(), entry.environment()))
                  .ifPresent(_ -> cache.remove(each.getKey()));
            }
          }
          return true;
        });
  }

  /** The cache, which forgets what is written through it when the entry's time is over. */
  private IgniteCache<UUID, byte[]> sweepingAfter(Duration time) {
    return cache.withExpiryPolicy(
        new ModifiedExpiryPolicy(
            new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, time.toMillis())));
  }

  private static <T> T available(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (EntryFormat.UnknownFormatException e) {
      throw new Refusal(ProblemCode.GRID_UNAVAILABLE, NEWER, e);
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
