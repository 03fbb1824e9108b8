package dev.kinto.gateway.schedule;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A task that runs again and again, in a thread of its own, so that a slow one delays no other. One
 * that fails is logged and runs again.
 */
public final class PeriodicTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PeriodicTask.class.getName());

  private final String name;
  private final Runnable task;
  private final ScheduledExecutorService thread;

  private PeriodicTask(String name, Runnable task) {
    this.name = name;
    this.task = task;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Starts a task, until what is returned is closed.
   *
   * @param pause before the first run, and between the end of a run and the next one
   * @param name of its thread
   */
  public static PeriodicTask every(Duration pause, String name, Runnable task) {
    PeriodicTask periodic = new PeriodicTask(name, task);
    var _ = // The task tells its failures itself.
        periodic.thread.scheduleWithFixedDelay(
            periodic::run, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    return periodic;
  }

  private void run() {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, name + " failed, and will be tried again", e);
    }
  }

  /** No run begins any more; one that is under way is interrupted. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
