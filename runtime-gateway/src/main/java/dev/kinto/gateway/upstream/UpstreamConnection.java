package dev.kinto.gateway.upstream;

import dev.kinto.gateway.wire.ClientBodyException;
import dev.kinto.gateway.wire.ClientRequest;
import dev.kinto.gateway.wire.HeaderLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream, used by one call at a time. HttpCore writes requests and parses
 * answers; what it lets through and contract C35 does not is refused by {@link AnswerHead}.
 */
final class UpstreamConnection {
  private static final Timeout READ_TIMEOUT = Timeout.ofSeconds(60);
  private static final Timeout CONTINUE_TIMEOUT = Timeout.ofSeconds(1);
  private static final int MAX_INTERIM_ANSWERS = 16;

  private static final Http1Config CONFIG =
      Http1Config.custom()
          .setMaxLineLength(16 * 1024)
          .setMaxHeaderCount(256)
          .setBufferSize(8 * 1024)
          .build();

  /** One character is one byte: what is not ASCII passes as it came (contract C33). */
  private static final CharCodingConfig ONE_TO_ONE =
      CharCodingConfig.custom().setCharset(StandardCharsets.ISO_8859_1).build();

  private final URI upstream;
  private final String authority;
  private final SocketChannel channel;
  private final ConnectionPool pool;
  private final AnswerParser parser = new AnswerParser(CONFIG);
  private final DefaultBHttpClientConnection http;
  private boolean reused;
  private long expiresAtNanos;

  UpstreamConnection(URI upstream, SocketChannel channel, ConnectionPool pool) throws IOException {
    this.upstream = upstream;
    this.authority = upstream.getRawAuthority();
    this.channel = channel;
    this.pool = pool;
    this.http =
        DefaultBHttpClientConnectionFactory.builder()
            .http1Config(CONFIG)
            .charCodingConfig(ONE_TO_ONE)
            .responseParserFactory(_ -> parser)
            .build()
            .createConnection(channel.socket());
    http.setSocketTimeout(READ_TIMEOUT);
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
      channel.configureBlocking(false);
      int count = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return count == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Closes at once, without a word to the upstream. */
  void abort() {
    http.close(CloseMode.IMMEDIATE);
  }

  /** Sends a request and receives the head of its answer. */
  UpstreamResponse exchange(UpstreamRequest request) throws HttpException, IOException {
    try {
      ClientRequest client = request.client();
      ClassicHttpRequest outbound = outbound(request);
      http.sendRequestHeader(outbound);
      ClassicHttpResponse early = client.hasBody() ? sendBody(client, outbound) : null;
      if (early != null) {
        return response(early, client, false);
      }
      http.flush();
      return response(finalAnswer(), client, true);
    } catch (HttpException | IOException | RuntimeException e) {
      abort();
      throw e;
    }
  }

  private ClassicHttpRequest outbound(UpstreamRequest request) {
    ClientRequest client = request.client();
    ClassicHttpRequest outbound = new BasicClassicHttpRequest(client.method(), request.target());
    outbound.addHeader("Host", authority);
    for (HeaderLine line : request.headers()) {
      outbound.addHeader(line.name(), line.value());
    }
    if (client.hasBody()) {
      OptionalLong length = client.contentLength();
      if (length.isPresent()) {
        outbound.addHeader("Content-Length", Long.toString(length.getAsLong()));
      } else {
        outbound.addHeader("Transfer-Encoding", "chunked");
      }
      if (client.expectsContinue()) {
        outbound.addHeader("Expect", "100-continue");
      }
      outbound.setEntity(new ClientBodyEntity(client, this::abort));
    } else if (announcesNoBody(client.method())) {
      outbound.addHeader("Content-Length", "0");
    }
    return outbound;
  }

  /** Methods for which servers ask for a length even where there is no body (RFC 9110, 8.6). */
  private static boolean announcesNoBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /**
   * Sends the body, if the upstream wants it. A client that waits for 100 Continue is only told to
   * send when the upstream agrees, or says nothing for a second (RFC 9110, section 10.1.1).
   *
   * @return the final answer of an upstream that did not want the body, else null
   */
  private @Nullable ClassicHttpResponse sendBody(ClientRequest client, ClassicHttpRequest outbound)
      throws HttpException, IOException {
    if (client.expectsContinue()) {
      http.flush();
      ClassicHttpResponse answer = null;
      for (int interim = 0;
          (answer == null || answer.getCode() != HttpStatus.SC_CONTINUE)
              && interim < MAX_INTERIM_ANSWERS
              && http.isDataAvailable(CONTINUE_TIMEOUT);
          interim++) {
        answer = http.receiveResponseHeader();
        if (answer.getCode() >= 200) {
          return answer;
        }
      }
    }
    try {
      http.sendRequestEntity(outbound);
      http.flush();
      return null;
    } catch (ClientBodyException e) {
      throw e;
    } catch (IOException e) {
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
      ClassicHttpResponse answer, ClientRequest client, boolean requestComplete)
      throws HttpException, IOException {
    AnswerHead head = AnswerHead.check(answer, client.method());
    InputStream body = InputStream.nullInputStream();
    if (head.hasBody()) {
      http.receiveResponseEntity(answer);
      HttpEntity entity = answer.getEntity();
      body = entity.isChunked() ? parser.chunkedBody() : entity.getContent();
    }
    AnswerBody guarded =
        new AnswerBody(
            body,
            this,
            head.hasBody() ? head.contentLength() : OptionalLong.of(0),
            requestComplete && head.keepAlive());
    expiresAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(head.keptMillis());
    return new UpstreamResponse(
        upstream,
        answer.getCode(),
        answer.getReasonPhrase() == null ? "" : answer.getReasonPhrase(),
        head.lines(),
        head.contentLength(),
        guarded,
        guarded::release);
  }

  private ClassicHttpResponse finalAnswer() throws HttpException, IOException {
    for (int interim = 0; interim <= MAX_INTERIM_ANSWERS; interim++) {
      ClassicHttpResponse answer = http.receiveResponseHeader();
      if (answer.getCode() >= 200) {
        return answer;
      }
      if (answer.getCode() == 101) {
        throw new InvalidAnswerException("switched protocols without having been asked to");
      }
    }
    throw new InvalidAnswerException("more than " + MAX_INTERIM_ANSWERS + " interim answers");
  }

  /** The answer was read to its end. */
  void keep() {
    pool.keep(this);
  }
}
