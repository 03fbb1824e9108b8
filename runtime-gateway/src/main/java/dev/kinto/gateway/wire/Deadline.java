package dev.kinto.gateway.wire;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that set it unless it is closed in time. A virtual thread that blocks on a
 * socket leaves it with an exception then, and the socket is closed.
 */
final class Deadline implements AutoCloseable {
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kinto-deadlines").factory());

  private final Future<?> interrupt;

  private Deadline(Future<?> interrupt) {
    this.interrupt = interrupt;
  }

  static Deadline interruptAfterOneSecond() {
    return new Deadline(CLOCK.schedule(Thread.currentThread()::interrupt, 1, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    interrupt.cancel(false);
  }
}
