package dev.kinto.gateway.listen;

import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection that ends by the clocks of this package, and not by Helidon's: its timer ends it
 * when it is idle, and the drain when the listener stops.
 */
interface ClockedConnection extends ServerConnection, InterruptableTask<Void> {
  @Override
  default Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  default boolean canInterrupt() {
    return false;
  }

  /** Those that were accepted by the same listener. */
  AcceptedConnections accepted();

  /** Ends it, whatever it is doing; called by another thread. */
  void abort();

  /**
   * Helidon says twice that the listener stops: first so that no request begins any more, which is
   * left to the drain, since some bytes of a head may have come; then with an interrupt.
   */
  @Override
  default void close(boolean interrupt) {
    if (interrupt) {
      abort();
    } else {
      accepted().awaitLastAccepted();
    }
  }
}
