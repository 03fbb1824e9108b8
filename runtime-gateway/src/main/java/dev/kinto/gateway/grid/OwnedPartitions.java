package dev.kinto.gateway.grid;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.cache.event.CacheEntryEvent;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.query.ContinuousQuery;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.affinity.AffinityTopologyVersion;
import org.apache.ignite.internal.processors.cache.GridCacheContext;
import org.apache.ignite.internal.processors.cache.GridCachePartitionExchangeManager;
import org.apache.ignite.internal.processors.cache.distributed.dht.preloader.GridDhtPartitionsExchangeFuture;
import org.apache.ignite.internal.processors.cache.distributed.dht.preloader.PartitionsExchangeAware;
import org.apache.ignite.internal.processors.cache.persistence.CacheDataRow;
import org.apache.ignite.internal.util.lang.GridCloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link EntryOperations} of all entries that a node is the first owner of, and of what
 * becomes of them (contract C22).
 *
 * <p>Ignite tells the first owner of an entry of each change. But when nodes come or go, partitions
 * get other first owners, and Ignite says nothing of what is in them. That happens while nothing is
 * written anywhere, so from exactly then on changes of a gained partition are told; and what was
 * there is read soon after, from memory, also what has run out and was not swept up yet: Ignite
 * will tell that it was. Whoever hears of both goes by the keys until the partition has settled.
 */
final class OwnedPartitions implements PartitionsExchangeAware, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OwnedPartitions.class.getName());

  private static final Duration RETRY = Duration.ofMillis(50);

  private final EntryOperations operations;
  private final GridCacheContext<UUID, byte[]> cache;
  private final GridCachePartitionExchangeManager<?, ?> exchange;
  private final UUID here;

  /** With a number for each time that it was gained. */
  private final Map<Integer, Integer> owned = new HashMap<>();

  private int gains;

  private final Set<Integer> unread = new HashSet<>();
  private AffinityTopologyVersion since = AffinityTopologyVersion.NONE;

  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kinto-grid-partitions").factory());

  OwnedPartitions(IgniteEx node, EntryOperations operations) {
    this.operations = operations;
    this.cache = Objects.requireNonNull(node.<UUID, byte[]>cachex(NodeSettings.CACHE)).context();
    this.exchange = node.context().cache().context().exchange();
    this.here = node.localNode().id();
  }

  /** Begins to tell; what the node owns already has been told of after this, if it can be read. */
  void start(IgniteCache<UUID, byte[]> entries) {
    ContinuousQuery<UUID, byte[]> changes = new ContinuousQuery<>();
    changes.setLocal(true);
    changes.setIncludeExpired(true);
    changes.setLocalListener(events -> events.forEach(this::changed));
    entries.query(changes);
    exchange.registerExchangeAwareComponent(this);
    take(exchange.readyAffinityVersion());
    try {
      reader.submit(() -> {}).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void changed(CacheEntryEvent<? extends UUID, ? extends byte[]> event) {
    UUID key = event.getKey();
    int partition = cache.affinity().partition(key);
    switch (event.getEventType()) {
      case CREATED, UPDATED ->
          operations.changed(
              partition, key, content(event.getOldValue()), content(event.getValue()));
      case REMOVED, EXPIRED ->
          operations.changed(partition, key, content(event.getOldValue()), null);
    }
  }

  /** Nodes came or went; nothing has been written since that began. */
  @Override
  public void onDoneBeforeTopologyUnlock(
      GridDhtPartitionsExchangeFuture done, @Nullable Throwable failure) {
    if (failure == null) {
      take(done.topologyVersion());
    }
  }

  private synchronized void take(AffinityTopologyVersion version) {
    if (version.compareTo(since) <= 0) {
      return;
    }
    since = version;
    Set<Integer> now = cache.affinity().primaryPartitions(here, version);
    for (int partition : List.copyOf(owned.keySet())) {
      if (!now.contains(partition)) {
        owned.remove(partition);
        unread.remove(partition);
        operations.lost(partition);
      }
    }
    for (int partition : now) {
      if (!owned.containsKey(partition)) {
        gain(partition);
      }
    }
    after(Duration.ZERO, this::read);
  }

  private void gain(int partition) {
    owned.put(partition, ++gains);
    unread.add(partition);
    operations.gained(partition);
  }

  private void after(Duration pause, Runnable step) {
    try {
      var _ = reader.schedule(step, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The node of the grid stops", e);
    }
  }

  private void read() {
    List<Integer> partitions;
    synchronized (this) {
      partitions = List.copyOf(unread);
    }
    try {
      partitions.forEach(this::read);
    } catch (IgniteException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "What the grid keeps here cannot be read yet", e);
    }
    synchronized (this) {
      if (!unread.isEmpty()) {
        after(RETRY, this::read);
      }
    }
  }

  /** Ignite frees its memory when it stops, however that comes: not while somebody is inside. */
  private void read(int partition) {
    Integer gained = gained(partition);
    if (forEach(partition, (key, content) -> operations.found(partition, key, content))) {
      hasRead(partition, gained);
    }
  }

  private synchronized @Nullable Integer gained(int partition) {
    return owned.get(partition);
  }

  /**
   * Visits all entries of a partition.
   *
   * @return false if it is about to change its owner, or lost
   */
  boolean forEach(int partition, BiConsumer<UUID, byte[]> visitor) {
    if (!cache.gate().enterIfNotStopped()) {
      throw new IllegalStateException("The node of the grid has stopped.");
    }
    try {
      return forEachInside(partition, visitor);
    } catch (IgniteCheckedException e) {
      throw new IgniteException(e);
    } finally {
      cache.gate().leave();
    }
  }

  private boolean forEachInside(int partition, BiConsumer<UUID, byte[]> visitor)
      throws IgniteCheckedException {
    AffinityTopologyVersion version = exchange.readyAffinityVersion();
    try (GridCloseableIterator<CacheDataRow> rows =
        cache.offheap().reservedIterator(partition, version)) {
      if (rows == null) {
        return false;
      }
      while (rows.hasNext()) {
        CacheDataRow row = rows.next();
        UUID key = row.key().value(cache.cacheObjectContext(), false);
        byte @Nullable [] value = row.value().value(cache.cacheObjectContext(), false);
        byte[] content = content(value);
        if (content != null) {
          visitor.accept(Objects.requireNonNull(key), content);
        }
      }
    }
    return true;
  }

  private static byte @Nullable [] content(byte @Nullable [] stored) {
    return stored == null ? null : StoredEntry.content(stored).orElse(null);
  }

  /** What was lost while it was read, and gained again, is read from its beginning. */
  private synchronized void hasRead(int partition, @Nullable Integer gained) {
    if (Objects.equals(owned.get(partition), gained) && unread.remove(partition)) {
      after(GridNode.SETTLING, () -> settle(partition, gained));
    }
  }

  /** Unless it was lost meanwhile, and perhaps gained again. */
  private synchronized void settle(int partition, @Nullable Integer gained) {
    if (Objects.equals(owned.get(partition), gained) && !unread.contains(partition)) {
      operations.settled(partition);
    }
  }

  /** A number that changes whenever entries may have other first owners. */
  long ownership() {
    AffinityTopologyVersion now = exchange.readyAffinityVersion();
    return (now.topologyVersion() << Integer.SIZE) + now.minorTopologyVersion();
  }

  /** Whether all that the node owns now has been told of. */
  synchronized boolean isComplete() {
    return unread.isEmpty() && since.equals(exchange.readyAffinityVersion());
  }

  @Override
  public void close() {
    exchange.unregisterExchangeAwareComponent(this);
    reader.shutdownNow();
  }
}
