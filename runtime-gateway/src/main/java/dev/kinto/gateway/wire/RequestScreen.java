package dev.kinto.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a connection's bytes and Helidon's HTTP/1 parser (contract C35). Heads are read
 * and checked here, bodies are read from {@link #body}; Helidon gets a head that we wrote, the same
 * for every request, which says that one has come and has no body.
 *
 * <p>So there is one reading of every request, a strict one, and no leniency of Helidon's matters.
 * One for each connection; used by its thread alone.
 */
final class RequestScreen implements Supplier<byte @Nullable []> {
  private static final byte[] A_REQUEST =
      "GET / HTTP/1.1\r\nHost: k\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ConnectionInput input;
  private final OptionalLong maxBodySize;
  private final RawInput tunnel;
  private @Nullable RequestHead head;

  /** Since when the next request is waited for; 0 while there is one. */
  private volatile long waitsSinceNanos;

  RequestScreen(ConnectionInput input, OptionalLong maxBodySize) {
    this.input = input;
    this.maxBodySize = maxBodySize;
    this.tunnel = new RawInput(input);
  }

  /**
   * What Helidon reads: called when it wants the next request. The body of the last one was read to
   * its end then, for otherwise its connection is closed.
   */
  @Override
  public byte @Nullable [] get() {
    // A request that begins with what came behind the last one is not waited for.
    waitsSinceNanos = input.atHand() > 0 ? 0 : System.nanoTime() | 1;
    head = input.readHead(() -> waitsSinceNanos = 0);
    return head == null ? null : A_REQUEST;
  }

  /** Whether nothing has come for so long that could be a request's beginning. */
  boolean idleFor(Duration time, long nowNanos) {
    long since = waitsSinceNanos;
    return since != 0 && nowNanos - since >= time.toNanos();
  }

  /** The head of the request that Helidon is handling. */
  RequestHead head() {
    return Objects.requireNonNull(head, "no request was read yet");
  }

  /** What comes behind that request if it is switched to another protocol. */
  RawInput tunnel() {
    return tunnel;
  }

  /**
   * The body of that request.
   *
   * @param firstRead is run before the first byte is read
   */
  RequestBody body(Runnable firstRead) {
    RequestHead current = head();
    if (!current.hasBody()) {
      return RequestBody.none();
    }
    return RequestBody.of(
        current.contentLength().isEmpty()
            ? new ChunkedBody(input)
            : new CountedBody(input, current.contentLength().getAsLong()),
        firstRead,
        maxBodySize);
  }

  /** The greatest body that a request may have; empty: any. */
  OptionalLong maxBodySize() {
    return maxBodySize;
  }

  /** The request is answered: its rest is only read for a while. */
  void endBy(long time) {
    input.endBy(time);
  }
}
