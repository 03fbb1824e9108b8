package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.GridSettings.Storage;
import dev.kinto.gateway.journal.Journal;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.socket.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;
import org.apache.ignite.cluster.ClusterState;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/**
 * One life of a node of Apache Ignite inside this process, from its start to its stop.
 *
 * <p>Every method throws a {@link Refusal} with {@code grid-unavailable} if the node cannot answer.
 */
final class Node implements Grid, GridNode {
  /** The key of no entry. */
  private static final UUID NOBODYS = new UUID(0, 0);

  /**
   * So much later than told Ignite forgets an entry. Its clock stands still for some 10 ms at a
   * time, so it would forget some before their time is over, which is for their content to say.
   */
  private static final Duration SWEEP_LAG = Duration.ofSeconds(1);

  /** How long it stays in memory that an entry was removed. */
  static final Duration REMOVED = Duration.ofSeconds(5);

  private final Ignite ignite;
  private final IgniteCache<UUID, byte[]> cache;
  private final Room room;

  /** Each takes memory for a moment, even if it adds nothing; see {@link Room}. */
  private final Semaphore writes;

  /** Whether a write may block its thread until a disk has what came before, or also the write. */
  private final boolean waitsForDisk;

  private final OwnedPartitions partitions;
  private final AllNodes all;

  private Node(
      Ignite ignite,
      CacheConfiguration<UUID, byte[]> entries,
      Storage storage,
      EntryOperations operations) {
    this.ignite = ignite;
    this.writes = new Semaphore(Room.writesAtOnce(storage.memory()));
    this.waitsForDisk = storage.persistence().isPresent();
    this.room = NodePlugin.owner(ignite).room();
    this.cache = ignite.getOrCreateCache(entries);
    this.partitions = new OwnedPartitions((IgniteEx) ignite, operations);
    this.all = new AllNodes(ignite, partitions, operations);
  }

  /**
   * Starts one.
   *
   * @param entries the cache that it keeps entries in
   * @param storage what they may take
   * @param operations what is done to them
   * @param authority whether this node may do it, at the moment
   * @param disk where they are kept besides, by each node of a cluster
   */
  static Node start(
      IgniteConfiguration configuration,
      CacheConfiguration<UUID, byte[]> entries,
      Storage storage,
      EntryOperations operations,
      Authority authority,
      Optional<NodeDisk> disk) {
    configuration.setPluginProviders(new NodePlugin(operations, authority, disk));
    Ignite ignite = Ignition.start(configuration);
    try {
      // What is on a disk is asleep at first: Ignite waits for somebody who knows that all is
      // there.
      ignite.cluster().state(ClusterState.ACTIVE);
      Node node = new Node(ignite, entries, storage, operations);
      node.begin(operations);
      return node;
    } catch (RuntimeException | Error e) {
      Thread.interrupted(); // who gave up waiting for the start still waits for the stop
      Ignition.stop(ignite.name(), true);
      throw e;
    }
  }

  private void begin(EntryOperations operations) {
    try {
      operations.begins(this);
      partitions.start(cache);
    } catch (RuntimeException | Error e) {
      partitions.close();
      throw e;
    }
  }

  Ignite ignite() {
    return ignite;
  }

  private static byte @Nullable [] content(byte @Nullable [] bytes) {
    return bytes == null ? null : StoredEntry.content(bytes).orElse(null);
  }

  @Override
  public Optional<byte[]> get(UUID key) {
    return available(() -> Optional.ofNullable(content(cache.get(key))));
  }

  @Override
  public byte[] run(UUID key, byte[] operation, Duration longestTimeLeft) {
    return waitsForDisk
        ? EventLoop.aside(() -> write(key, operation, longestTimeLeft))
        : write(key, operation, longestTimeLeft);
  }

  private byte[] write(UUID key, byte[] operation, Duration longestTimeLeft) {
    if (memory() == GridMemory.DISK_EXHAUSTED) {
      throw new Refusal(
          ProblemCode.GRID_UNAVAILABLE, "The disk that sessions are kept on has no room at all.");
    }
    writes.acquireUninterruptibly();
    try {
      return available(() -> ask(key, Question.run(operation), longestTimeLeft)).outcome();
    } finally {
      writes.release();
    }
  }

  /** The answer of the node that keeps the entry. */
  private Reply ask(UUID key, byte[] question, Duration longestTimeLeft) {
    return Reply.read(sweepingAfter(longestTimeLeft).invoke(key, new OperationProcessor(question)));
  }

  /** The cache, which forgets what is written through it when the entry's time is over. */
  private IgniteCache<UUID, byte[]> sweepingAfter(Duration time) {
    return cache.withExpiryPolicy(sweepAfter(time));
  }

  /** Forgets an entry so long after it was written last, or a moment later. */
  static ExpiryPolicy sweepAfter(Duration time) {
    Duration sweep = time.plus(SWEEP_LAG);
    return new ModifiedExpiryPolicy(
        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, sweep.toMillis()));
  }

  /**
   * Brings an entry from a disk into the grid, unless that has a newer version.
   *
   * @return done when the future is, unless it fails
   */
  IgniteFuture<byte[]> gather(UUID key, byte[] entry, Duration longestTimeLeft) {
    return sweepingAfter(longestTimeLeft)
        .invokeAsync(key, new OperationProcessor(Question.gather(entry)));
  }

  /** Visits all entries of the grid. */
  void forEach(Journal.Visitor visitor) {
    try (var all = cache.query(new ScanQuery<UUID, byte[]>())) {
      all.forEach(each -> visitor.visit(each.getKey(), each.getValue()));
    }
  }

  @Override
  public void removeIf(Predicate<byte[]> such) {
    available(
        () -> {
          removeIf(such, cache.query(new ScanQuery<UUID, byte[]>()), this::remove);
          return true;
        });
  }

  private void remove(UUID key) {
    ask(key, Question.remove(), REMOVED).outcome();
  }

  /** Removes those of all entries whose bytes are such. */
  static void removeIf(
      Predicate<byte[]> such, QueryCursor<Cache.Entry<UUID, byte[]>> all, Consumer<UUID> remove) {
    try (all) {
      for (Cache.Entry<UUID, byte[]> each : all) {
        if (StoredEntry.content(each.getValue()).filter(such).isPresent()) {
          remove.accept(each.getKey());
        }
      }
    }
  }

  @Override
  public long ownership() {
    return partitions.ownership();
  }

  @Override
  public Optional<List<byte[]>> askAll(byte[] question) {
    return available(() -> all.ask(question));
  }

  @Override
  public boolean forEach(int partition, BiConsumer<UUID, byte[]> visitor) {
    return available(() -> partitions.forEach(partition, visitor));
  }

  @Override
  public Optional<byte[]> peek(UUID key) {
    return available(
        () -> Optional.ofNullable(content(cache.localPeek(key, CachePeekMode.PRIMARY))));
  }

  /** Changes whenever a node comes or goes. */
  long topologyVersion() {
    return available(() -> ignite.cluster().topologyVersion());
  }

  /** In how many parts of the cache nothing can be read or written, since no owner is left. */
  int lostParts() {
    return available(() -> cache.lostPartitions().size());
  }

  /** Lets them be empty. */
  void giveUpLostParts() {
    available(
        () -> {
          ignite.resetLostPartitions(Set.of(NodeSettings.CACHE));
          return true;
        });
  }

  @Override
  public GridMemory memory() {
    return available(room::memory);
  }

  @Override
  public List<GridMember> nodes() {
    return MemberAttributes.members(ignite.cluster().forServers().nodes());
  }

  @Override
  public boolean isAvailable() {
    try {
      return get(NOBODYS).isEmpty();
    } catch (Refusal e) {
      return false;
    }
  }

  private static <T> T available(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (Refusal e) {
      throw e;
    } catch (RuntimeException e) {
      // What Ignite throws depends on how far it has stopped; null pointers are among it.
      throw new Refusal(
          ProblemCode.GRID_UNAVAILABLE, "Sessions cannot be read or saved at the moment.", e);
    }
  }

  @Override
  public void close() {
    partitions.close();
    Ignition.stop(ignite.name(), true);
  }
}
