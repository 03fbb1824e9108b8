package dev.kinto.gateway;

import dev.kinto.gateway.admin.Health;
import dev.kinto.gateway.grid.GridMemory;
import dev.kinto.gateway.problem.Refusal;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether new clients should come to this process (contract C42). */
final class Readiness {
  private final BooleanSupplier available;
  private final Supplier<GridMemory> memory;
  private volatile boolean drains;

  /**
   * Of a process that needs the grid.
   *
   * @param available whether the grid can be used at the moment
   * @param memory how full it is; may throw a Refusal
   */
  Readiness(BooleanSupplier available, Supplier<GridMemory> memory) {
    this.available = available;
    this.memory = memory;
  }

  /** Not if it is about to stop, knows nobody's session, or has no room for one more. */
  boolean ready() {
    return !drains && available.getAsBoolean() && !memory().isFull();
  }

  /** The same, and what an operator should know. */
  Health health() {
    return new Health(ready(), memory().remark());
  }

  private GridMemory memory() {
    try {
      return memory.get();
    } catch (Refusal e) {
      return GridMemory.ROOMY; // how full it is, is the least of its troubles
    }
  }

  /** From now on never again. */
  void drain() {
    drains = true;
  }
}
