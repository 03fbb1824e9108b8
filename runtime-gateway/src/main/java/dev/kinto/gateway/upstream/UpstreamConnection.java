package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http1.ChunkedBody;
import dev.kinto.gateway.http1.CountedBody;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.http1.ReceivedHead;
import dev.kinto.gateway.socket.StreamSocket;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One connection to an upstream, used by one {@link UpstreamExchange} at a time. */
final class UpstreamConnection {
  private final Endpoint upstream;
  private final StreamSocket socket;
  private final BooleanSupplier cutOff;
  private final ConnectionPool pool;
  private final UpstreamInput input;
  private boolean reused;
  private long expiresAtNanos;

  /**
   * A connection that was made.
   *
   * @param cutOff whether an end that was read is none
   */
  UpstreamConnection(
      Endpoint upstream, StreamSocket socket, BooleanSupplier cutOff, ConnectionPool pool) {
    this.upstream = upstream;
    this.socket = socket;
    this.cutOff = cutOff;
    this.pool = pool;
    this.input = new UpstreamInput(socket);
  }

  /** What {@code Host} says. */
  String authority() {
    return upstream.origin().authority();
  }

  /** What is read from and written to, over TLS if that is spoken. */
  StreamSocket socket() {
    return socket;
  }

  /** What the upstream sends. */
  UpstreamInput input() {
    return input;
  }

  /** Sends these bytes at once. Only one thread at a time may write; another one may read. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    socket.write(bytes, offset, length);
  }

  /** Whether an earlier call used this connection, so that the upstream may just be closing it. */
  boolean reused() {
    return reused;
  }

  UpstreamConnection reusedNow() {
    reused = true;
    return this;
  }

  boolean expired() {
    return System.nanoTime() - expiresAtNanos >= 0;
  }

  /**
   * Whether the connection is still open and silent. A byte nobody asked for is an upstream that
   * desynchronises answers: such a connection is not used again.
   */
  boolean usable() {
    return !expired() && input.available() == 0 && socket.silent();
  }

  /** Ends the connection in order, as one between two calls ends. */
  void close() {
    socket.close();
  }

  /**
   * Resets the connection, from any thread: what was sent so far is no whole request, or nobody
   * wants the rest of the answer.
   */
  void abort() {
    socket.reset();
  }

  /** The body of an answer whose head was read. */
  InputStream body(ReceivedHead head) {
    if (head.chunked()) {
      return new ChunkedBody(input, UpstreamConnection::brokenBody);
    }
    return head.contentLength().isPresent()
        ? new CountedBody(input, head.contentLength().getAsLong(), UpstreamConnection::brokenBody)
        : new UncutInput(input, cutOff);
  }

  private static IOException brokenBody(String reason) {
    return new MalformedMessageException("a body that cannot be read: " + reason);
  }

  /** How long it may be kept when nobody uses it. */
  void expiresIn(long millis) {
    expiresAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** The answer was read to its end. */
  void keep() {
    pool.keep(this);
  }
}
