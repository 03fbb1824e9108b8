package dev.kinto.gateway.grid;

import java.util.Optional;

/** How full the memory for sessions is (contract C22). */
public enum GridMemory {
  /** There is room. */
  ROOMY(""),
  /** More than four fifths hold something. */
  NEARLY_FULL(
      "The memory for sessions is nearly full: when no room is left, no session can begin and none"
          + " can grow. Raise grid.memory, or set maxSessions for the clients."),
  /** Nothing can be added; sessions that are there go on, are renewed, and end. */
  FULL(
      "The memory for sessions is full: no session can begin, and none can grow, until others end."
          + " Raise grid.memory, or set maxSessions for the clients.");

  private final String remark;

  GridMemory(String remark) {
    this.remark = remark;
  }

  /** What an operator should know, and the mend; empty if all is well. */
  public Optional<String> remark() {
    return Optional.of(remark).filter(text -> !text.isEmpty());
  }
}
