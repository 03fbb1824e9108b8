package dev.kinto.gateway.grid;

import java.util.Optional;

/**
 * How full the memory for sessions is, and the disk that they are kept on (contract C22). Each is
 * worse than those before. The codes travel between nodes and never change (contract C37b).
 */
public enum GridMemory {
  /** There is room. */
  ROOMY(0, ""),
  /** More than four fifths hold something. */
  NEARLY_FULL(
      1,
      "The memory for sessions is nearly full: when no room is left, no session can begin and none"
          + " can grow. Raise grid.memory, or set maxSessions for the clients."),
  /** The disk has little room left. */
  DISK_NEARLY_FULL(
      3,
      "The disk that sessions are kept on (grid.persistence) is nearly full: when no room is left,"
          + " no session can begin and none can grow. Make room on it."),
  /** Nothing can be added; sessions that are there go on, are renewed, and end. */
  FULL(
      2,
      "The memory for sessions is full: no session can begin, and none can grow, until others end."
          + " Raise grid.memory, or set maxSessions for the clients."),
  /** The same, for want of room on the disk. */
  DISK_FULL(
      4,
      "The disk that sessions are kept on (grid.persistence) is full: no session can begin, and"
          + " none can grow. Make room on it."),
  /** Nothing can be written at all; sessions can be read. */
  DISK_EXHAUSTED(
      5,
      "The disk that sessions are kept on (grid.persistence) has no room at all: nothing can be"
          + " saved. Make room on it; then the gateway goes on by itself."),
  /** Neither can be read nor written what is on the disk. */
  DISK_FAILED(
      6,
      "The disk that sessions are kept on (grid.persistence) failed; the log says how. When it"
          + " works again and has room, the gateway goes on by itself.");

  private final int code;
  private final String remark;

  GridMemory(int code, String remark) {
    this.code = code;
    this.remark = remark;
  }

  int code() {
    return code;
  }

  static GridMemory of(int code) {
    for (GridMemory each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    return ROOMY; // of a newer version, which knows what to do about it
  }

  /** Whether nothing can be added. */
  public boolean isFull() {
    return compareTo(FULL) >= 0;
  }

  /** What an operator should know, and the mend; empty if all is well. */
  public Optional<String> remark() {
    return Optional.of(remark).filter(text -> !text.isEmpty());
  }
}
