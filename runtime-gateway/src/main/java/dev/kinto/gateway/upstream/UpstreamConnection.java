package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http1.ChunkedBody;
import dev.kinto.gateway.http1.CountedBody;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.http1.ReceivedHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection to an upstream, used by one {@link UpstreamExchange} at a time. */
final class UpstreamConnection {
  private final Endpoint upstream;
  private final SocketChannel channel;
  private final Socket socket;
  private final BooleanSupplier cutOff;
  private final ConnectionPool pool;
  private final UpstreamInput input;
  private final OutputStream output;
  private boolean reused;
  private long expiresAtNanos;

  /**
   * A connection that was made.
   *
   * @param tls what is sent over the channel, if it is TLS
   * @param cutOff whether an end that was read is none
   */
  UpstreamConnection(
      Endpoint upstream,
      SocketChannel channel,
      @Nullable SSLSocket tls,
      BooleanSupplier cutOff,
      ConnectionPool pool)
      throws IOException {
    this.upstream = upstream;
    this.channel = channel;
    this.socket = tls == null ? channel.socket() : tls;
    this.cutOff = cutOff;
    this.pool = pool;
    this.input = new UpstreamInput(socket);
    this.output = socket.getOutputStream();
  }

  /** What {@code Host} says. */
  String authority() {
    return upstream.origin().authority();
  }

  /** What is read from and written to, over TLS if that is spoken. */
  Socket socket() {
    return socket;
  }

  /** What the upstream sends. */
  UpstreamInput input() {
    return input;
  }

  /** Sends these bytes at once. Only one thread at a time may write; another one may read. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    output.write(bytes, offset, length);
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
    if (expired() || input.available() > 0) {
      return false;
    }
    try {
      if (!socket.equals(channel.socket()) && socket.getInputStream().available() > 0) {
        return false;
      }
      channel.configureBlocking(false);
      int count = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return count == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the connection in order, as one between two calls ends. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  /**
   * Resets the connection, from any thread: what was sent so far is no whole request, or nobody
   * wants the rest of the answer.
   */
  void abort() {
    try {
      // First, for closing TLS would wait for a thread that writes.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } catch (IOException e) {
      // It is closed already.
    }
    close();
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
