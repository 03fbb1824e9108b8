package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.UpstreamLimits;
import dev.kinto.gateway.wire.ClientBodyException;
import dev.kinto.gateway.wire.ClientRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream, used by one call at a time. HttpCore writes requests and keeps the
 * socket; answers are read by {@link AnswerParser}.
 */
final class UpstreamConnection {
  private static final Timeout CONTINUE_TIMEOUT = Timeout.ofSeconds(1);
  private static final int MAX_INTERIM_ANSWERS = 16;

  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(8 * 1024).build();

  /** One character is one byte: what is not ASCII passes as it came (contract C33). */
  private static final CharCodingConfig ONE_TO_ONE =
      CharCodingConfig.custom().setCharset(StandardCharsets.ISO_8859_1).build();

  private final URI upstream;
  private final String authority;
  private final SocketChannel channel;
  private final Socket socket;
  private final BooleanSupplier cutOff;
  private final ConnectionPool pool;
  private final AnswerParser parser = new AnswerParser();
  private final DefaultBHttpClientConnection http;
  private boolean reused;
  private boolean bodyRefused;
  private boolean headReceived;
  private boolean upgrade;
  private int interimAnswers;
  private @Nullable BodySender sender;
  private long expiresAtNanos;

  /**
   * A connection that was made.
   *
   * @param tls what is sent over the channel, if it is TLS
   * @param cutOff whether an end that was read is none
   */
  UpstreamConnection(
      URI upstream,
      SocketChannel channel,
      @Nullable SSLSocket tls,
      BooleanSupplier cutOff,
      ConnectionPool pool)
      throws IOException {
    this.upstream = upstream;
    this.authority = upstream.getRawAuthority();
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

  /** Whether the whole request was sent. */
  boolean requestSent() {
    return !bodyRefused && (sender == null || sender.sent());
  }

  /** Whether to know that the whole request was sent takes no waiting. */
  boolean requestWasAtHand() {
    return sender == null;
  }

  /** Sends a request and receives the head of its answer. */
  UpstreamResponse exchange(UpstreamRequest request, OpenCall call)
      throws HttpException, IOException {
    ClientRequest client = request.client();
    UpstreamLimits limits = request.limits();
    ClientBodyEntity body = client.hasBody() ? new ClientBodyEntity(client, this::abort) : null;
    headReceived = false;
    interimAnswers = 0;
    upgrade = request.upgrade();
    sender = null;
    try {
      call.uses(this);
      parser.begin(() -> body != null && waitsOn(body, limits));
      waitFor(limits.firstByte().toNanos());
      ClassicHttpRequest outbound = OutboundMessage.of(request, authority, body);
      http.sendRequestHeader(outbound);
      ClassicHttpResponse answer = body == null ? null : sendBody(client, body, outbound, limits);
      if (answer == null) {
        http.flush();
        answer = finalAnswer();
      }
      headReceived = true;
      call.answered();
      waitFor(limits.idle().toNanos());
      return response(answer, request, call);
    } catch (HttpException | IOException | RuntimeException e) {
      abort();
      explain(e, body);
      throw e;
    }
  }

  /** What the client did to the body comes before what the upstream made of it. */
  private void explain(Exception failure, @Nullable ClientBodyEntity body)
      throws ClientBodyException {
    ClientBodyException clients = body == null ? null : body.clientFailure();
    if (clients != null) {
      throw clients;
    }
    Exception sending = sender == null ? null : sender.failure();
    if (sending != null && !sending.equals(failure)) {
      failure.addSuppressed(sending);
    }
  }

  /** How long a read waits. */
  private void waitFor(long nanos) throws IOException {
    socket.setSoTimeout(Math.clamp(nanos / 1_000_000, 1, Integer.MAX_VALUE));
  }

  /**
   * Whether an answer that has not come in time may still come: the time for its first byte begins
   * when the body was sent, and until then the body has to move. That the client sends slowly is
   * not the upstream's fault.
   */
  private boolean waitsOn(ClientBodyEntity body, UpstreamLimits limits) {
    long limit = (body.sent() ? limits.firstByte() : limits.idle()).toNanos();
    long left = body.waitsForClient() ? limit : limit - (System.nanoTime() - body.sinceNanos());
    try {
      waitFor(left);
    } catch (IOException e) {
      return false;
    }
    return left > 0 && !headReceived;
  }

  /**
   * Sends the body, if the upstream wants it. A client that waits for 100 Continue is only told to
   * send when the upstream agrees, or says nothing for a second (RFC 9110, section 10.1.1).
   *
   * @return the final answer; null if it is still to come
   */
  private @Nullable ClassicHttpResponse sendBody(
      ClientRequest client,
      ClientBodyEntity body,
      ClassicHttpRequest outbound,
      UpstreamLimits limits)
      throws HttpException, IOException {
    if (client.expectsContinue()) {
      http.flush();
      ClassicHttpResponse answer = null;
      while ((answer == null || answer.getCode() != HttpStatus.SC_CONTINUE)
          && http.isDataAvailable(CONTINUE_TIMEOUT)) {
        answer = nextAnswer();
        if (answer.getCode() >= 200) {
          bodyRefused = true;
          return answer;
        }
      }
    }
    // Asking for what is at hand tells the client to send: here, before an answer can be written.
    if (!client.bodyIsAtHand()) {
      http.flush();
      waitFor(Math.min(limits.firstByte().toNanos(), limits.idle().toNanos()));
      sender =
          BodySender.start(
              body,
              () -> {
                http.sendRequestEntity(outbound);
                http.flush();
              });
      return finalAnswer();
    }
    try {
      http.sendRequestEntity(outbound);
      http.flush();
      return null;
    } catch (ClientBodyException e) {
      throw e;
    } catch (IOException e) {
      bodyRefused = true;
      return answerBehind(e);
    }
  }

  /** An upstream that answered and closed instead of reading on: its answer is still there. */
  private ClassicHttpResponse answerBehind(IOException sending) throws IOException {
    try {
      return finalAnswer();
    } catch (HttpException | IOException e) {
      sending.addSuppressed(e);
      throw sending;
    }
  }

  private UpstreamResponse response(
      ClassicHttpResponse answer, UpstreamRequest request, OpenCall call)
      throws HttpException, IOException {
    AnswerHead head = AnswerHead.check(answer, request.client().method());
    AnswerBody body =
        new AnswerBody(
            head.hasBody() ? body(answer, request, call) : InputStream.nullInputStream(),
            this,
            call,
            head.hasBody() ? head.contentLength() : OptionalLong.of(0),
            head.keepAlive());
    expiresAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(head.keptMillis());
    body.releaseIfRead();
    return new UpstreamResponse(
        upstream,
        answer.getCode(),
        answer.getReasonPhrase() == null ? "" : answer.getReasonPhrase(),
        head.lines(),
        head.contentLength(),
        body);
  }

  private InputStream body(ClassicHttpResponse answer, UpstreamRequest request, OpenCall call)
      throws HttpException, IOException {
    if (switches(answer)) {
      return new Tunnel(
          parser.rawInput(),
          socket,
          request.client().tunnel(),
          call,
          request.limits().idle().toNanos(),
          this::waitFor);
    }
    http.receiveResponseEntity(answer);
    HttpEntity entity = answer.getEntity();
    if (entity.isChunked()) {
      return parser.chunkedBody();
    }
    return entity.getContentLength() < 0
        ? new UncutInput(entity.getContent(), cutOff)
        : entity.getContent();
  }

  private ClassicHttpResponse finalAnswer() throws HttpException, IOException {
    ClassicHttpResponse answer = nextAnswer();
    while (answer.getCode() < 200 && !switches(answer)) {
      answer = nextAnswer();
    }
    return answer;
  }

  private ClassicHttpResponse nextAnswer() throws HttpException, IOException {
    ClassicHttpResponse answer = http.receiveResponseHeader();
    if (switches(answer) && !upgrade) {
      throw new InvalidAnswerException("switched protocols without having been asked to");
    }
    if (answer.getCode() < 200 && !switches(answer) && ++interimAnswers > MAX_INTERIM_ANSWERS) {
      throw new InvalidAnswerException("more than " + MAX_INTERIM_ANSWERS + " interim answers");
    }
    return answer;
  }

  private static boolean switches(ClassicHttpResponse answer) {
    return answer.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS;
  }

  /** The answer was read to its end. */
  void keep() {
    pool.keep(this);
  }
}
