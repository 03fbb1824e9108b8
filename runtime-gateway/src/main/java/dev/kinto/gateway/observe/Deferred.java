package dev.kinto.gateway.observe;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  /** So many bytes of requests wait at most, those included that are worked with. */
  private static final long MOST = 16L << 20;

  private static final int AT_ONCE = 1024;
  private static final long BYTES_AT_ONCE = 1L << 20;
  private static final Duration LOOK = Duration.ofMillis(50);

  private final String what;
  private final Consumer<List<RequestRecord>> work;
  private final ConcurrentLinkedQueue<RequestRecord> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final List<RequestRecord> some = new ArrayList<>(AT_ONCE);
  private final Runnable end;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins.
   *
   * @param what is done, for the log and the thread's name: {@code access-log}
   * @param work is given them in their order, some at a time, and may block; a list is the worker's
   *     until it returns
   */
  public Deferred(String what, Consumer<List<RequestRecord>> work) {
    this(what, work, () -> {});
  }

  /**
   * Begins.
   *
   * @param what is done, as above
   * @param work as above
   * @param end is done when all work is, by the same thread
   */
  public Deferred(String what, Consumer<List<RequestRecord>> work, Runnable end) {
    this.what = what;
    this.work = work;
    this.end = end;
    this.thread = Thread.ofPlatform().daemon().name("kinto-" + what).start(this::run);
  }

  @Override
  public void ended(RequestRecord request) {
    long size = request.size();
    if (held.addAndGet(size) <= MOST) {
      waiting.add(request);
    } else {
      held.addAndGet(-size);
      dropped.incrementAndGet();
    }
  }

  private void run() {
    try {
      workUntilClosed();
    } finally {
      end.run();
    }
  }

  private void workUntilClosed() {
    boolean last = false;
    while (!last) {
      last = closed;
      long bytes = take();
      while (bytes > 0) {
        work(bytes);
        bytes = take();
      }
      tellDropped();
      if (!last && !pause()) {
        return;
      }
    }
  }

  /** Takes some, and says how many bytes they are. */
  private long take() {
    long bytes = 0;
    RequestRecord next = waiting.poll();
    while (next != null) {
      some.add(next);
      bytes += next.size();
      next = some.size() < AT_ONCE && bytes < BYTES_AT_ONCE ? waiting.poll() : null;
    }
    return bytes;
  }

  private void work(long bytes) {
    try {
      work.accept(some);
    } catch (Throwable e) {
      // An Error too: after the JVM was short of memory for once, there is more to be done.
      LOG.log(Level.WARNING, what + ": " + some.size() + " request(s) are lost", e);
    } finally {
      some.clear();
      held.addAndGet(-bytes);
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
