package dev.kinto.gateway.grid;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.Ignition;
import org.apache.ignite.internal.IgniteEx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of all entries that a node is the first owner of its process is told (contract C22). */
@Timeout(60)
class OwnedPartitionsTest {
  private static final int MEMORY = 64 << 20;

  @TempDir private Path folder;

  /** Tries to stop the node while it is told of an entry, as a failure stops it. */
  private static final class StoppedMeanwhile implements EntryOperations {
    private final Ignite node;
    private final ExecutorService stops = Executors.newSingleThreadExecutor();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CompletableFuture<Boolean> hasStopped = new CompletableFuture<>();
    private volatile boolean stoppedMeanwhile;

    StoppedMeanwhile(Ignite node) {
      this.node = node;
    }

    @Override
    public byte[] run(byte[] operation, GridEntry entry) {
      return operation;
    }

    @Override
    public long endsAt(byte[] stored) {
      return Long.MAX_VALUE;
    }

    @Override
    public void found(int partition, UUID key, byte[] value) {
      stops.execute(() -> hasStopped.complete(Ignition.stop(node.name(), true)));
      try {
        hasStopped.get(1, TimeUnit.SECONDS);
        stoppedMeanwhile = true;
      } catch (TimeoutException e) {
        stoppedMeanwhile = false; // it waits
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        told.countDown();
      }
    }
  }

  /** Its memory is freed when it stops: whoever still reads there ends the whole process. */
  @Test
  void noNodeStopsWhileItsEntriesAreRead() throws Exception {
    Node node =
        Node.start(
            NodeSettings.alone(
                folder, new GridSettings.Embedded(GridSettings.Storage.ofMemory(MEMORY))),
            NodeSettings.entries(),
            GridSettings.Storage.ofMemory(MEMORY),
            Storing.FOR_NOBODY,
            Authority.ofOne(),
            Optional.empty());
    node.run(UUID.randomUUID(), new byte[] {7}, Duration.ofMinutes(1));
    StoppedMeanwhile operations = new StoppedMeanwhile(node.ignite());
    IgniteCache<UUID, byte[]> entries =
        Objects.requireNonNull(node.ignite().cache(NodeSettings.CACHE));
    try (operations.stops;
        OwnedPartitions partitions = new OwnedPartitions((IgniteEx) node.ignite(), operations)) {
      partitions.start(entries);
      operations.told.await();
      assertTrue(operations.hasStopped.get());
      assertFalse(operations.stoppedMeanwhile);
    } finally {
      node.close();
    }
  }
}
