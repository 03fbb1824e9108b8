package dev.kinto.gateway.session;

import dev.kinto.manifest.FieldName;
import java.util.List;
import java.util.Optional;

/**
 * What one answer does to its session: a delta, field by field, applied where the entry lives, so
 * that parallel answers never lose one another's fields (contract C26).
 *
 * @param assignments each field at most once
 * @param rotatesToken whether the session gets a new token, and the one before is dead (contract
 *     C28)
 */
public record SessionChange(List<Assignment> assignments, boolean rotatesToken) {
  /** The change that changes nothing. */
  public static final SessionChange NONE = new SessionChange(List.of(), false);

  /** Copies the list. */
  public SessionChange {
    assignments = List.copyOf(assignments);
  }

  /** Whether nothing changes. */
  public boolean isEmpty() {
    return assignments.isEmpty() && !rotatesToken;
  }

  /**
   * One field's new value.
   *
   * @param field the field in its owner's spelling
   * @param value the wire form; empty removes the field (contract C7)
   */
  public record Assignment(FieldName field, Optional<String> value) {
    /** Shows no value: it is the user's. */
    @Override
    public String toString() {
      return "Assignment[" + field + "]";
    }
  }
}
