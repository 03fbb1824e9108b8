package dev.kinto.gateway.observe;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Does work with requests that have ended on a thread of its own: a disk or a collector that is
 * slow or gone is nothing that a request waits for. What is too much meanwhile is dropped, and
 * said.
 *
 * <p>The thread looks by itself, so that no request has to wake it.
 */
public final class Deferred implements Observer, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deferred.class.getName());
  private static final int MOST = 16 * 1024;
  private static final int AT_ONCE = 1024;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final String what;
  private final Consumer<List<RequestRecord>> work;
  private final ConcurrentLinkedQueue<RequestRecord> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins.
   *
   * @param what is done, for the log and the thread's name: {@code access-log}
   * @param work is given them in their order, some at a time, and may block
   */
  public Deferred(String what, Consumer<List<RequestRecord>> work) {
    this.what = what;
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name("kinto-" + what).start(this::run);
  }

  @Override
  public void ended(RequestRecord request) {
    if (size.get() < MOST) {
      size.incrementAndGet();
      waiting.add(request);
    } else {
      dropped.incrementAndGet();
    }
  }

  private void run() {
    boolean last = false;
    while (!last) {
      last = closed;
      List<RequestRecord> some = take();
      while (!some.isEmpty()) {
        doWith(some);
        some = take();
      }
      tellDropped();
      if (!last && !pause()) {
        return;
      }
    }
  }

  private List<RequestRecord> take() {
    List<RequestRecord> some = new ArrayList<>();
    RequestRecord next = waiting.poll();
    while (next != null) {
      size.decrementAndGet();
      some.add(next);
      next = some.size() < AT_ONCE ? waiting.poll() : null;
    }
    return some;
  }

  private void doWith(List<RequestRecord> some) {
    try {
      work.accept(some);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, what + ": " + some.size() + " request(s) are lost", e);
    }
  }

  private void tellDropped() {
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LOG.log(
          Level.WARNING, "{0}: too slow; {1} request(s) were dropped", what, Long.toString(lost));
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Does what is left, for a few seconds at most. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
