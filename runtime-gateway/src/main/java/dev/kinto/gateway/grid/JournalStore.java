package dev.kinto.gateway.grid;

import java.io.IOException;
import java.io.Serial;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriterException;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.store.CacheStoreAdapter;
import org.apache.ignite.internal.processors.cache.store.CacheLocalStore;
import org.apache.ignite.lang.IgniteBiTuple;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * By this Ignite writes each entry to the {@link NodeDisk} of every node that keeps it, the first
 * owner and the others, before it acknowledges the write.
 */
@SuppressWarnings("deprecation") // without the annotation only the first owner would write
@CacheLocalStore
final class JournalStore extends CacheStoreAdapter<UUID, Object> {
  @IgniteInstanceResource private @Nullable Ignite node;

  /** Makes one for each node. Frozen: it travels with the cache. */
  static final class Maker implements Factory<JournalStore> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public JournalStore create() {
      return new JournalStore();
    }
  }

  @Override
  public @Nullable Object load(UUID key) {
    return null; // all is in memory
  }

  /** Ignite gives its own version beside the value. */
  @Override
  public void write(Cache.Entry<? extends UUID, ? extends Object> entry) {
    NodeDisk disk = NodePlugin.owner(node).disk().orElseThrow();
    Object value = entry.getValue();
    byte[] bytes = (byte[]) (value instanceof IgniteBiTuple<?, ?> pair ? pair.get1() : value);
    try {
      disk.journal().put(entry.getKey(), bytes);
    } catch (IOException e) {
      disk.fail();
      throw new CacheWriterException("The disk of this node failed.", e);
    }
  }

  /** What is over is in nobody's way: {@link Owner} writes that an entry was removed. */
  @Override
  public void delete(Object key) {
    // See above.
  }
}
