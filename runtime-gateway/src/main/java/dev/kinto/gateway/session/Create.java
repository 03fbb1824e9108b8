package dev.kinto.gateway.session;

/**
 * Begins a session.
 *
 * @param entry as it begins
 */
record Create(SessionEntry entry) implements SessionOperation {
  static final int KIND = 1;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.raw(EntryFormat.write(entry));
  }

  static Create unpack(Unpacker in) {
    return new Create(EntryFormat.read(in));
  }

  @Override
  public Outcome on(Slot slot) {
    return slot.isEmpty() ? slot.storeIfRoom(entry, Integer.MAX_VALUE) : Outcome.DONE;
  }
}
