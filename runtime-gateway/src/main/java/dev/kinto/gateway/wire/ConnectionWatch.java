package dev.kinto.gateway.wire;

import dev.kinto.gateway.schedule.PeriodicTask;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The watch of a client over HTTP/1.1, whose end shows only where one reads from its connection.
 *
 * <p>Most calls are over before it matters: a call is only entered in a set, and one thread for all
 * looks into the set ten times a second. A call that has waited long enough gets a virtual thread
 * which reads from its client's connection, and leaves the set. While the request's body is still
 * coming, who reads it sees the end.
 */
final class ConnectionWatch implements ClientWatch {
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Set<ConnectionWatch> WAITING = ConcurrentHashMap.newKeySet();

  static {
    PeriodicTask.every(LOOK, "kinto-client-watch", ConnectionWatch::look);
  }

  private final WatchedInput input;
  private final RequestBody body;
  private volatile @Nullable Runnable action;
  private long sinceNanos;

  ConnectionWatch(WatchedInput input, RequestBody body) {
    this.input = input;
    this.body = body;
  }

  @Override
  public void whenGone(Runnable newAction) {
    sinceNanos = System.nanoTime();
    action = newAction;
    input.watchFor(this);
    WAITING.add(this);
  }

  @Override
  public void close() {
    WAITING.remove(this);
    action = null;
    input.watchFor(null);
  }

  void gone() {
    Runnable wanted = action;
    if (wanted != null) {
      wanted.run();
    }
  }

  /** Begins to read from the connection, once the call has lasted long enough; says whether. */
  private boolean begin(long now) {
    boolean begins = now - sinceNanos >= PATIENCE_NANOS && body.ended();
    if (begins) {
      Thread.ofVirtual().name("kinto-client-watch").start(input::readAhead);
    }
    return begins;
  }

  private static void look() {
    long now = System.nanoTime();
    WAITING.removeIf(watch -> watch.begin(now));
  }
}
