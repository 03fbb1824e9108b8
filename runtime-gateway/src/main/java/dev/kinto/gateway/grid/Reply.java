package dev.kinto.gateway.grid;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the node that keeps an entry says to a {@link Question}. As bytes: the status, how full its
 * memory is, the topology and the node in eight bytes each, the content. They never change
 * (contract C37b).
 */
final class Reply {
  private static final int BEFORE_CONTENT = 2 + 2 * Long.BYTES;

  private final Status status;
  private final GridMemory memory;
  private final long topology;
  private final long node;
  private final byte[] content;

  /**
   * A reply.
   *
   * @param status whether the node did what was asked for
   * @param memory how full its memory is
   * @param topology the number of the topology that it saw; it grows when any node comes or goes
   * @param node its number in the grid, which no other node ever gets
   * @param content what was read, or what the operation answered
   */
  Reply(Status status, GridMemory memory, long topology, long node, byte[] content) {
    this.status = status;
    this.memory = memory;
    this.topology = topology;
    this.node = node;
    this.content = content;
  }

  Status status() {
    return status;
  }

  GridMemory memory() {
    return memory;
  }

  long node() {
    return node;
  }

  /** The codes travel and never change. */
  enum Status {
    DONE(0),
    /** Nothing is stored there. */
    ABSENT(1),
    /** The node belongs to no majority, as far as it knows; nothing was read or written. */
    NO_MAJORITY(2),
    /** The node is of an older version, which does not know the question. */
    UNKNOWN(3);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    private static Status of(int code) {
      for (Status each : values()) {
        if (each.code == code) {
          return each;
        }
      }
      return UNKNOWN;
    }
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BEFORE_CONTENT + content.length)
        .put((byte) status.code)
        .put((byte) memory.code())
        .putLong(topology)
        .putLong(node)
        .put(content)
        .array();
  }

  /**
   * Reads one.
   *
   * @param bytes null if Ignite has lost it, with the node that gave it
   * @throws IllegalStateException if it is lost: what was to be done may be done
   */
  static Reply read(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IllegalStateException("The node stopped that was asked.");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Status status = Status.of(in.get());
    GridMemory memory = GridMemory.of(in.get());
    long topology = in.getLong();
    long node = in.getLong();
    byte[] content = new byte[in.remaining()];
    in.get(content);
    return new Reply(status, memory, topology, node, content);
  }

  /** Whether both came from the same node, and none came or went in between. */
  boolean isOfSameTopology(Reply other) {
    return topology == other.topology && node == other.node;
  }

  /**
   * What was read; empty if nothing was there.
   *
   * @throws Refusal grid-unavailable if the node could not do it
   */
  Optional<byte[]> stored() {
    return switch (status) {
      case DONE -> Optional.of(content);
      case ABSENT -> Optional.empty();
      case NO_MAJORITY, UNKNOWN -> throw refusal();
    };
  }

  /**
   * What the operation answered.
   *
   * @throws Refusal grid-unavailable if the node could not do it
   */
  byte[] outcome() {
    return switch (status) {
      case DONE, ABSENT -> content;
      case NO_MAJORITY, UNKNOWN -> throw refusal();
    };
  }

  private Refusal refusal() {
    return new Refusal(
        ProblemCode.GRID_UNAVAILABLE,
        status == Status.NO_MAJORITY
            ? "Whoever keeps this session does not reach enough of the others."
            : "Whoever keeps this session has an older version, which does not know what was asked"
                + " of it.");
  }
}
