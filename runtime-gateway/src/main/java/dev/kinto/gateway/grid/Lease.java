package dev.kinto.gateway.grid;

import java.time.Duration;

/**
 * The right of a node to serve, which a majority gives it for a moment, again and again (contract
 * C37a). It is shorter than the time after which the others would declare the node failed and go on
 * without it, so whoever is cut off or was frozen has lost it before anybody else can have written.
 * Safe for use by any number of threads.
 */
final class Lease {
  /** How long one lasts, from the moment at which it was asked for. */
  static final Duration LENGTH = Duration.ofMillis(1500);

  /**
   * How long after its end a new one is waited for: a pause or a cut that is short only makes
   * requests slow. After that they are refused at once.
   */
  static final Duration PATIENCE = Duration.ofMillis(2500);

  private volatile long end = System.nanoTime() - PATIENCE.toNanos();

  /** Extends it to what was asked for at a moment of {@link System#nanoTime}. */
  synchronized void grant(long askedAt) {
    long until = askedAt + LENGTH.toNanos();
    if (until - end > 0) {
      end = until;
      notifyAll();
    }
  }

  /** Ends it now: the others went on without this node. */
  synchronized void revoke() {
    long now = System.nanoTime();
    if (end - now > 0) {
      end = now;
    }
  }

  boolean isHeld() {
    return end - System.nanoTime() > 0;
  }

  /** Waits for it, if it was held just now. Whether it is held then. */
  boolean await() {
    if (isHeld()) {
      return true;
    }
    synchronized (this) {
      while (!isHeld()) {
        long left = end + PATIENCE.toNanos() - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          wait(Math.max(1, left / 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }
}
