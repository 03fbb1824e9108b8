package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.Reply.Status;
import java.util.Optional;
import java.util.UUID;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.managers.discovery.GridDiscoveryManager;

/**
 * What a node does with the entries that it owns; {@link NodePlugin} makes it known to the node.
 *
 * @param node the node itself
 * @param operations what is done to an entry
 * @param room whether there is room for more
 * @param authority whether the node may: one that belongs to no majority refuses everybody, also
 *     who asks by another node or is none (contract C37a)
 * @param disk where entries are kept besides
 */
record Owner(
    IgniteEx node,
    EntryOperations operations,
    Room room,
    Authority authority,
    Optional<NodeDisk> disk) {
  /** Answers a {@link Question} with a {@link Reply}. */
  byte[] run(byte[] question, MutableEntry<UUID, byte[]> entry) {
    // Not by Ignite.cluster, which a node refuses that is just joining.
    long topology = node.context().discovery().topologyVersion();
    return reply(question, new Place(entry, this, topology), topology).toBytes();
  }

  private Reply reply(byte[] question, Place place, long topology) {
    GridDiscoveryManager grid = node.context().discovery();
    if (question[0] == Question.GATHER) {
      if (!authority.gathers(grid, topology)) {
        return reply(topology, Status.NO_MAJORITY);
      }
      place.gather(Question.content(question));
      return reply(topology, Status.DONE);
    }
    return authority.serves(grid, topology)
        ? served(question, place, topology)
        : reply(topology, Status.NO_MAJORITY);
  }

  private Reply served(byte[] question, Place place, long topology) {
    return switch (question[0]) {
      case Question.STATE -> reply(topology, Status.DONE);
      case Question.READ ->
          place
              .content()
              .map(content -> reply(topology, Status.DONE, content))
              .orElseGet(() -> reply(topology, Status.ABSENT));
      case Question.RUN ->
          reply(topology, Status.DONE, operations.run(Question.content(question), place));
      case Question.REMOVE -> {
        place.remove();
        yield reply(topology, Status.DONE);
      }
      default -> reply(topology, Status.UNKNOWN);
    };
  }

  private Reply reply(long topology, Status status) {
    return reply(topology, status, new byte[0]);
  }

  private Reply reply(long topology, Status status, byte[] content) {
    long order = node.context().discovery().localNode().order();
    return new Reply(status, room.memory(), topology, order, content);
  }

  /** The place of an entry, by what Ignite gives to a processor. */
  private record Place(MutableEntry<UUID, byte[]> entry, Owner owner, long topology)
      implements GridEntry {
    @Override
    public UUID key() {
      return entry.getKey();
    }

    Optional<byte[]> content() {
      return entry.exists() ? StoredEntry.content(entry.getValue()) : Optional.empty();
    }

    private StoredEntry.Version version() {
      return entry.exists() ? StoredEntry.of(entry.getValue()).version() : StoredEntry.Version.NONE;
    }

    private StoredEntry.Version nextVersion() {
      return version().next(owner.authority().epoch(), topology);
    }

    @Override
    public boolean exists() {
      return entry.exists() && StoredEntry.isStored(entry.getValue());
    }

    @Override
    public byte[] value() {
      return content().orElseThrow();
    }

    @Override
    public void store(byte[] bytes) {
      entry.setValue(StoredEntry.stored(nextVersion(), bytes));
    }

    /** An older version may be on a disk that is away: then it must be known to be over. */
    @Override
    public void remove() {
      if (owner.disk().isEmpty()) {
        entry.remove();
      } else {
        content()
            .map(owner.operations()::endsAt)
            .ifPresent(end -> entry.setValue(StoredEntry.removed(nextVersion(), end)));
      }
    }

    void gather(byte[] bytes) {
      if (StoredEntry.of(bytes).version().compareTo(version()) > 0) {
        entry.setValue(bytes);
      }
    }

    @Override
    public boolean hasRoomFor(int bytes) {
      return owner.room().forMore(bytes);
    }
  }
}
