package dev.kinto.gateway.session;

import java.io.Serial;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CacheEntryProcessor;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * Carries an operation to where a session's entry lives and runs it there, alone with the entry.
 *
 * <p>The only class of ours that the grid knows, and frozen: its name, its one field and what it
 * returns never change, so that gateways of two versions can share a grid (contract C37b). What is
 * new goes into the bytes of an {@link Operation}.
 */
final class SessionProcessor implements CacheEntryProcessor<UUID, byte[], Integer> {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[] operation;

  /** The node that runs it; Ignite sets it there. */
  @IgniteInstanceResource private transient @Nullable Ignite node;

  SessionProcessor(Operation operation) {
    this.operation = Operation.pack(operation);
  }

  /** The code of an {@link Outcome}. */
  @Override
  public Integer process(MutableEntry<UUID, byte[]> entry, Object... none) {
    return run(new Slot(entry, Room.of(node)::forMore)).code();
  }

  private Outcome run(Slot slot) {
    try {
      return Operation.unpack(operation).map(each -> each.on(slot)).orElse(Outcome.UNKNOWN);
    } catch (EntryFormat.UnknownFormatException e) {
      return Outcome.UNREADABLE;
    }
  }
}
