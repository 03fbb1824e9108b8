package dev.kinto.gateway.wire;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection of Helidon's that ends when our drain says so. Helidon ends it while it reads a head
 * too, of which some bytes may have come: that request would be lost.
 *
 * @param helidon the connection itself
 * @param screen knows whether it waits for a request
 * @param drain when it ends
 */
record Http1Connection(ServerConnection helidon, RequestScreen screen, Drain drain)
    implements ServerConnection, InterruptableTask<Void>, DrainedConnection {

  @Override
  public void handle(Limit limit) throws InterruptedException {
    drain.add(this);
    try {
      helidon.handle(limit);
    } finally {
      drain.remove(this);
    }
  }

  @Override
  public Duration idleTime() {
    return helidon.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    if (interrupt || !drain.begun()) {
      helidon.close(interrupt);
    }
  }

  /** Each answer ends its connection then, and says so. */
  @Override
  public void drainBegan() {}

  @Override
  public void endIfIdleFor(Duration time, long nowNanos) {
    if (screen.idleFor(time, nowNanos)) {
      helidon.close(true);
    }
  }

  @Override
  public boolean canInterrupt() {
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
