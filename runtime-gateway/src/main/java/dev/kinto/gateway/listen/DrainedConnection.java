package dev.kinto.gateway.listen;

import java.time.Duration;

/** A connection that ends with the server, without the loss of a request (contract C42). */
interface DrainedConnection {

  /** From now on nothing new should begin on it. */
  void drainBegan();

  /** Ends it if it has waited for a request for so long. Called again and again. */
  void endIfIdleFor(Duration time, long nowNanos);
}
