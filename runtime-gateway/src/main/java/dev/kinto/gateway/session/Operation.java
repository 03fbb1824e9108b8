package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Something that is done as one step where an entry lives, and travels there as bytes: the version,
 * the kind, and what {@link #pack} of the kind writes.
 *
 * <p>Ignite may carry one out twice, when nobody heard of its success. Then the second time changes
 * nothing more and says the same. Bytes of a version and kind never change their meaning; a new one
 * is understood one release before it is sent (contract C37b).
 */
sealed interface Operation permits SessionOperation, AllowanceOperation, Look {
  int VERSION = 1;

  /** Its number among the kinds of {@link #VERSION}. */
  int kind();

  /** Writes all that is needed to do it. */
  void pack(Packer out);

  static byte[] pack(Operation operation) {
    Packer out = new Packer().oneByte(VERSION).oneByte(operation.kind());
    operation.pack(out);
    return out.toBytes();
  }

  /**
   * Does what the bytes say, of whichever version of the gateway they are.
   *
   * @return the code of the {@link Outcome}, and behind it what was looked for
   */
  static byte[] run(byte[] bytes, Slot slot, Allowances allowances, Searches searches) {
    try {
      return unpack(bytes)
          .map(each -> run(each, slot, allowances, searches))
          .orElseGet(Outcome.UNKNOWN::toBytes);
    } catch (EntryFormat.UnknownFormatException e) {
      return Outcome.UNREADABLE.toBytes();
    }
  }

  private static byte[] run(
      Operation operation, Slot slot, Allowances allowances, Searches searches) {
    return switch (operation) {
      case SessionOperation ofSession -> ofSession.on(slot).toBytes();
      case AllowanceOperation ofClient -> ofClient.on(allowances).toBytes();
      case Look look -> searches.look(look);
    };
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
      case EndUnused.KIND -> Optional.of(new EndUnused());
      case Reserve.KIND -> Optional.of(Reserve.unpack(in));
      case Release.KIND -> Optional.of(Release.unpack(in));
      case Look.KIND -> Optional.of(Look.unpack(in));
      case Revoke.KIND -> Optional.of(Revoke.unpack(in));
      default -> Optional.empty();
    };
  }
}
