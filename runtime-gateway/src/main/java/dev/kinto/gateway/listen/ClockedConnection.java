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
}
