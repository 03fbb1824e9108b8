package dev.kinto.gateway.grid;

import java.io.Serial;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * Carries a {@link Question} to where an entry lives, and the {@link Reply} back; it is answered
 * there alone with the entry.
 *
 * <p>Frozen: its name, its one field and what it returns never change, so that gateways of two
 * versions can share a grid (contract C37b). What is new goes into the bytes.
 */
final class OperationProcessor implements CacheEntryProcessor<UUID, byte[], byte[]> {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] operation;

  /** The node that runs it; Ignite sets it there. */
  @IgniteInstanceResource private transient @Nullable Ignite node;

  OperationProcessor(byte[] operation) {
    this.operation = operation;
  }

  @Override
  public byte[] process(MutableEntry<UUID, byte[]> entry, Object... none) {
    return NodePlugin.owner(node).run(operation, entry);
  }
}
