package dev.kinto.gateway.wire;

import dev.kinto.gateway.problem.Refusal;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.SocketWriterException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
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

  /** How much of an unread rest is read off before the connection closes (contract C35). */
  private static final int DRAIN_BYTES = 64 * 1024;

  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ConnectionInput input;
  private final Answers answers;
  private final DataWriter writer;
  private final OptionalLong maxBodySize;
  private final RawInput tunnel;
  private @Nullable RequestHead head;

  /** Since when the next request is waited for; 0 while there is one. */
  private volatile long waitsSinceNanos;

  RequestScreen(
      ConnectionInput input, Answers answers, DataWriter writer, OptionalLong maxBodySize) {
    this.input = input;
    this.answers = answers;
    this.writer = writer;
    this.maxBodySize = maxBodySize;
    this.tunnel = new RawInput(input);
  }

  /**
   * What Helidon reads: called when it wants the next request. The body of the last one was read to
   * its end then, for otherwise its connection is closed. A head that is refused is answered here,
   * and is the connection's end to Helidon.
   */
  @Override
  public byte @Nullable [] get() {
    // A request that begins with what came behind the last one is not waited for.
    waitsSinceNanos = input.atHand() > 0 ? 0 : System.nanoTime() | 1;
    try {
      head = input.readHead(() -> waitsSinceNanos = 0);
    } catch (Refusal refusal) {
      head = null;
      refuse(refusal);
    }
    return head == null ? null : A_REQUEST;
  }

  /** Whether nothing has come for so long that could be a request's beginning. */
  boolean idleFor(Duration time, long nowNanos) {
    long since = waitsSinceNanos;
    return since != 0 && nowNanos - since >= time.toNanos();
  }

  private void refuse(Refusal refusal) {
    try {
      answers.refuse(
          refusal,
          input.originAtHand(),
          new Http1Response(writer, false, RequestBody.none(), () -> true));
      drain(tunnel);
    } catch (SocketWriterException | UncheckedIOException e) {
      // The client is gone, or does not read: there is nobody to tell.
    }
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

  /**
   * Reads off what the client has sent already, so that closing does not reset the connection
   * before the client has read the answer. A client that sends slowly is cut off after a second.
   */
  void drain(InputStream rest) {
    input.endsBy(ConnectionTimer.in(DRAIN_NANOS));
    byte[] sink = new byte[8 * 1024];
    try {
      int left = DRAIN_BYTES;
      for (int count = 0; count >= 0 && left > 0; left -= count) {
        count = rest.read(sink, 0, Math.min(sink.length, left));
      }
    } catch (IOException e) {
      // The client stopped sending: there is nothing left to drain.
    }
  }
}
