package dev.kinto.gateway.session;

import dev.kinto.gateway.session.SessionChange.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields that one answer sets and removes, in a form that travels.
 *
 * @param all each field at most once
 */
record FieldChanges(List<FieldChange> all) {
  private static final int REMOVED = 0;
  private static final int SET = 1;

  /**
   * One field's new value.
   *
   * @param name in its owner's spelling
   * @param value the wire form; empty if the field is removed
   */
  record FieldChange(String name, Optional<String> value) {}

  static FieldChanges of(List<Assignment> assignments) {
    return new FieldChanges(
        assignments.stream()
            .map(each -> new FieldChange(each.field().spelling(), each.value()))
            .toList());
  }

  /** By how many bytes they make stored fields larger at most, whatever is there. */
  int greatestGrowth() {
    Packer out = new Packer();
    pack(out);
    return out.toBytes().length;
  }

  void pack(Packer out) {
    out.length(all.size());
    for (FieldChange each : all) {
      out.text(each.name()).oneByte(each.value().isPresent() ? SET : REMOVED);
      each.value().ifPresent(out::text);
    }
  }

  static FieldChanges unpack(Unpacker in) {
    int count = in.length();
    List<FieldChange> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = in.text();
      all.add(
          new FieldChange(name, in.oneByte() == SET ? Optional.of(in.text()) : Optional.empty()));
    }
    return new FieldChanges(all);
  }

  /** Names no values: they are the users'. */
  @Override
  public String toString() {
    return "FieldChanges[" + all.size() + "]";
  }
}
