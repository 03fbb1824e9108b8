package dev.kinto.gateway;

import dev.kinto.gateway.session.SessionGrid;

/** Whether new clients should come to this gateway (contract C42). */
final class Readiness {
  private final SessionGrid grid;
  private volatile boolean drains;

  Readiness(SessionGrid grid) {
    this.grid = grid;
  }

  /** Not if it is about to stop, or knows nobody's session. */
  boolean ready() {
    return !drains && grid.isAvailable();
  }

  /** From now on never again. */
  void drain() {
    drains = true;
  }
}
