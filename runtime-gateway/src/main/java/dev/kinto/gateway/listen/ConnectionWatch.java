package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.ClientWatch;
import dev.kinto.gateway.http.RequestBody;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The watch of a client over HTTP/1.1, whose end shows only where one reads from its connection.
 *
 * <p>Most calls are over before it matters: one that has waited long enough gets a virtual thread
 * which reads from its client's connection. While the request's body is still coming, who reads it
 * sees the end.
 */
final class ConnectionWatch implements ClientWatch {
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final WatchedInput input;
  private final RequestBody body;
  private volatile @Nullable Runnable action;
  private volatile long sinceNanos;
  private volatile boolean begun;

  ConnectionWatch(WatchedInput input, RequestBody body) {
    this.input = input;
    this.body = body;
  }

  @Override
  public void whenGone(Runnable newAction) {
    sinceNanos = System.nanoTime();
    action = newAction;
    input.watchFor(this);
  }

  @Override
  public void close() {
    action = null;
    input.watchFor(null);
  }

  void gone() {
    Runnable wanted = action;
    if (wanted != null) {
      wanted.run();
    }
  }

  /** Begins to read from the connection, once the call has lasted long enough. */
  @Override
  public void look(long nowNanos) {
    if (!begun && action != null && nowNanos - sinceNanos >= PATIENCE_NANOS && body.ended()) {
      begun = true;
      input.startReadingAhead();
    }
  }
}
