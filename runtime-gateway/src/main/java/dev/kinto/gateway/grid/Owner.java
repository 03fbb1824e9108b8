package dev.kinto.gateway.grid;

import dev.kinto.gateway.grid.Reply.Status;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.cache.processor.MutableEntry;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.managers.discovery.GridDiscoveryManager;

/**
 * What a node does with the entries that it owns; {@link NodePlugin} makes it known to the node.
 *
 * @param node the node itself
 * @param operations what is done to an entry
 * @param room whether there is room for more
 * @param serves whether the node may: one that belongs to no majority refuses everybody, also who
 *     asks by another node or is none (contract C37a)
 */
record Owner(IgniteEx node, EntryOperations operations, Room room, BooleanSupplier serves) {
  /** Answers a {@link Question} with a {@link Reply}. */
  byte[] run(byte[] question, MutableEntry<UUID, byte[]> entry) {
    Reply reply = serves.getAsBoolean() ? reply(question, entry) : reply(Status.NO_MAJORITY);
    return reply.toBytes();
  }

  private Reply reply(byte[] question, MutableEntry<UUID, byte[]> entry) {
    return switch (question[0]) {
      case Question.STATE -> reply(Status.DONE);
      case Question.READ ->
          entry.exists() ? reply(Status.DONE, entry.getValue()) : reply(Status.ABSENT);
      case Question.RUN ->
          reply(Status.DONE, operations.run(Question.operation(question), new Place(entry, room)));
      default -> reply(Status.UNKNOWN);
    };
  }

  private Reply reply(Status status) {
    return reply(status, new byte[0]);
  }

  private Reply reply(Status status, byte[] content) {
    // Not by Ignite.cluster, which a node refuses that is just joining.
    GridDiscoveryManager grid = node.context().discovery();
    return new Reply(
        status, room.memory(), grid.topologyVersion(), grid.localNode().order(), content);
  }

  /** The place of an entry, by what Ignite gives to a processor. */
  private record Place(MutableEntry<UUID, byte[]> entry, Room room) implements GridEntry {
    @Override
    public UUID key() {
      return entry.getKey();
    }

    @Override
    public boolean exists() {
      return entry.exists();
    }

    @Override
    public byte[] value() {
      return entry.getValue();
    }

    @Override
    public void store(byte[] bytes) {
      entry.setValue(bytes);
    }

    @Override
    public void remove() {
      entry.remove();
    }

    @Override
    public boolean hasRoomFor(int bytes) {
      return room.forMore(bytes);
    }
  }
}
