package dev.kinto.gateway;

import dev.kinto.gateway.admin.Health;
import dev.kinto.gateway.grid.GridMemory;
import dev.kinto.gateway.problem.Refusal;
import dev.kinto.gateway.session.SessionGrid;

/** Whether new clients should come to this gateway (contract C42). */
final class Readiness {
  private final SessionGrid grid;
  private volatile boolean drains;

  Readiness(SessionGrid grid) {
    this.grid = grid;
  }

  /** Not if it is about to stop, knows nobody's session, or has no room for one more. */
  boolean ready() {
    return !drains && grid.isAvailable() && !memory().isFull();
  }

  /** The same, and what an operator should know. */
  Health health() {
    return new Health(ready(), memory().remark());
  }

  private GridMemory memory() {
    try {
      return grid.memory();
    } catch (Refusal e) {
      return GridMemory.ROOMY; // how full it is, is the least of its troubles
    }
  }

  /** From now on never again. */
  void drain() {
    drains = true;
  }
}
