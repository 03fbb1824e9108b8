package dev.kinto.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream, used by one {@link UpstreamExchange} at a time. HttpCore writes
 * requests and keeps the socket; answers are read by {@link AnswerParser}.
 */
final class UpstreamConnection {
  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(8 * 1024).build();

  /** One character is one byte: what is not ASCII passes as it came (contract C33). */
  private static final CharCodingConfig ONE_TO_ONE =
      CharCodingConfig.custom().setCharset(StandardCharsets.ISO_8859_1).build();

  private final Endpoint upstream;
  private final SocketChannel channel;
  private final Socket socket;
  private final BooleanSupplier cutOff;
  private final ConnectionPool pool;
  private final AnswerParser parser = new AnswerParser();
  private final DefaultBHttpClientConnection http;
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
    DefaultBHttpClientConnectionFactory factory =
        DefaultBHttpClientConnectionFactory.builder()
            .http1Config(CONFIG)
            .charCodingConfig(ONE_TO_ONE)
            .responseParserFactory(_ -> parser)
            .build();
    this.http =
        tls == null
            ? factory.createConnection(channel.socket())
            : factory.createConnection(tls, channel.socket());
  }

  /** What {@code Host} says. */
  String authority() {
    return upstream.origin().authority();
  }

  /** What is read from and written to, over TLS if that is spoken. */
  Socket socket() {
    return socket;
  }

  AnswerParser parser() {
    return parser;
  }

  DefaultBHttpClientConnection http() {
    return http;
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
    if (expired() || parser.holdsMore()) {
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
    http.close(CloseMode.GRACEFUL);
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
    http.close(CloseMode.IMMEDIATE);
  }

  /** Whether a byte of the answer has come: the request was processed, at least in part. */
  boolean answered() {
    return parser.answered();
  }

  /** The body of an answer whose head was read. */
  InputStream body(ClassicHttpResponse answer) throws HttpException, IOException {
    http.receiveResponseEntity(answer);
    HttpEntity entity = answer.getEntity();
    if (entity.isChunked()) {
      return parser.chunkedBody();
    }
    return entity.getContentLength() < 0
        ? new UncutInput(entity.getContent(), cutOff)
        : entity.getContent();
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
