package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HealthCheck;
import dev.kinto.gateway.route.Service;
import dev.kinto.gateway.upstream.UpstreamStatus.Failure;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether one upstream passes the health check of a microservice (contract C34). It does until it
 * fails: one that never passed does so at once, another after as many failures in a row as the
 * check says. Safe for use by any number of threads.
 */
final class Health {
  private static final System.Logger LOG = System.getLogger(Health.class.getName());

  private final HealthCheck check;
  private final Endpoint endpoint;
  private final @Nullable TlsSockets tls;
  private final SingleGet get;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile boolean healthy;
  private volatile long dueNanos = System.nanoTime();
  private volatile @Nullable Failure lastFailure;

  private volatile boolean passedOnce;
  private volatile boolean closed;

  // Only for the thread that asks.
  private int inARow;

  /**
   * A check that begins.
   *
   * @param before the check that it takes the place of: what that found holds until this one finds
   *     otherwise
   */
  Health(HealthCheck check, Endpoint endpoint, @Nullable TlsSockets tls, @Nullable Health before) {
    this.check = check;
    this.endpoint = endpoint;
    this.tls = tls;
    this.get = new SingleGet(0, check.timeout(), check.timeout());
    this.healthy = before == null || before.healthy;
    this.passedOnce = before != null && before.passedOnce;
    this.lastFailure = before == null ? null : before.lastFailure;
  }

  boolean isBy(HealthCheck other) {
    return check.equals(other);
  }

  /** Whether it may be called. */
  boolean good() {
    return healthy;
  }

  /** The last time that it did not pass. */
  @Nullable Failure lastFailure() {
    return lastFailure;
  }

  /** Asks on a thread of its own, if it is time and no other does. */
  void askIfDue(long now, Service service) {
    if (now - dueNanos >= 0 && asking.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("kinto-health-check")
          .start(
              () -> {
                try {
                  ask(service);
                } finally {
                  dueNanos = System.nanoTime() + check.interval().toNanos();
                  asking.set(false);
                }
              });
    }
  }

  private void ask(Service service) {
    String failure = failure();
    if (closed) {
      return; // perhaps it was cut off
    }
    if (failure == null) {
      passed(service);
    } else {
      failed(service, "GET " + check.path() + failure);
    }
  }

  /** What it did not pass for; null if it did. */
  private @Nullable String failure() {
    try {
      int status = get.status(endpoint, tls, check.path());
      return check.isGood(status) ? null : " gave " + status;
    } catch (IOException e) {
      return ": " + e.getMessage();
    }
  }

  private void passed(Service service) {
    passedOnce = true;
    inARow = healthy ? 0 : inARow + 1;
    if (!healthy && inARow >= check.healthyAfter()) {
      healthy = true;
      inARow = 0;
      LOG.log(Level.INFO, "Upstream of {0} passes its health check: {1}", service.name(), endpoint);
    }
  }

  private void failed(Service service, String reason) {
    lastFailure = new Failure(Instant.now(), reason);
    inARow = healthy ? inARow + 1 : 0;
    if (healthy && (!passedOnce || inARow >= check.unhealthyAfter())) {
      healthy = false;
      inARow = 0;
      LOG.log(
          Level.WARNING,
          "Upstream of {0} fails its health check, and is not called until it passes: {1}: {2}",
          service.name(),
          endpoint,
          reason);
    }
  }

  /** What it is being told meanwhile counts no more. */
  void close() {
    closed = true;
    get.close();
  }
}
