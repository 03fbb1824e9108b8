package dev.kinto.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places for requests that an upstream handles at a time, with a short queue before them: more
 * would only use up memory here and the upstream's patience there (contract C34). Without a queue a
 * place costs one atomic step. Safe for use by any number of threads.
 */
final class ConcurrencyLimit {
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition freed = lock.newCondition();

  /** How many requests are in flight. */
  int taken() {
    return taken.get();
  }

  /** Takes a place if one is free and nobody waits for it. */
  boolean tryEnter(int most) {
    return waiting.get() == 0 && take(most);
  }

  /**
   * Waits for a place.
   *
   * @return whether there is one; not if too many wait already, or the time is over
   */
  boolean enter(int most, int mostWaiting, Duration time) {
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      return false;
    }
    lock.lock();
    try {
      // A place that became free before this was counted as waiting is seen by take, a later one
      // is told: who leaves looks for waiting requests after the place is free.
      long left = time.toNanos();
      while (!take(most)) {
        if (left <= 0) {
          return false;
        }
        left = freed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  void leave() {
    taken.decrementAndGet();
    if (waiting.get() > 0) {
      lock.lock();
      try {
        freed.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean take(int most) {
    int now = taken.get();
    while (now < most) {
      if (taken.compareAndSet(now, now + 1)) {
        return true;
      }
      now = taken.get();
    }
    return false;
  }
}
