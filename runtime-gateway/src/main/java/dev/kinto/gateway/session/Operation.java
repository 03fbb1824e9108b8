package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Something that is done to one session where its entry lives, as one step, and travels there as
 * bytes: the version, the kind, and what {@link #pack} of the kind writes.
 *
 * <p>Ignite may carry one out twice, when nobody heard of its success. Then the second time changes
 * nothing more and says the same. Bytes of a version and kind never change their meaning; a new one
 * is understood one release before it is sent (contract C37b).
 */
sealed interface Operation permits Create, Renew, Rotate, ApplyChange, End, EndUnused {
  int VERSION = 1;

  /** Its number among the kinds of {@link #VERSION}. */
  int kind();

  /** Writes all that {@link #on} needs. */
  void pack(Packer out);

  /** Does it. */
  Outcome on(Slot slot);

  static byte[] pack(Operation operation) {
    Packer out = new Packer().oneByte(VERSION).oneByte(operation.kind());
    operation.pack(out);
    return out.toBytes();
  }

  /** Does what the bytes say, of whichever version of the gateway they are. */
  static Outcome run(byte[] bytes, Slot slot) {
    try {
      return unpack(bytes).map(each -> each.on(slot)).orElse(Outcome.UNKNOWN);
    } catch (EntryFormat.UnknownFormatException e) {
      return Outcome.UNREADABLE;
    }
  }

  /** The operation of these bytes; empty if only a newer version of the gateway knows it. */
  static Optional<Operation> unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    if (in.oneByte() != VERSION) {
      return Optional.empty();
    }
    return switch (in.oneByte()) {
      case Create.KIND -> Optional.of(Create.unpack(in));
      case Renew.KIND -> Optional.of(Renew.unpack(in));
      case Rotate.KIND -> Optional.of(Rotate.unpack(in));
      case ApplyChange.KIND -> Optional.of(ApplyChange.unpack(in));
      case End.KIND -> Optional.of(End.unpack(in));
      case EndUnused.KIND -> Optional.of(EndUnused.unpack(in));
      default -> Optional.empty();
    };
  }
}
