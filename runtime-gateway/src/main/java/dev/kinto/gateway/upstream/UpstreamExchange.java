package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.UpstreamLimits;
import dev.kinto.gateway.wire.ClientBodyException;
import dev.kinto.gateway.wire.ClientRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over an upstream's connection (contract C33, C35). Used by the call's
 * thread; a body that has not come whole with its head is sent by another one.
 */
final class UpstreamExchange implements UpstreamWait {
  private static final Timeout CONTINUE_TIMEOUT = Timeout.ofSeconds(1);
  private static final int MAX_INTERIM_ANSWERS = 16;

  private final UpstreamConnection connection;
  private final DefaultBHttpClientConnection http;
  private final UpstreamRequest request;
  private final ClientRequest client;
  private final UpstreamLimits limits;
  private final OpenCall call;

  /** What is sent behind the head; null without a body. */
  private final @Nullable ClientBodyEntity body;

  /** Who sends it, if it is not this thread. */
  private @Nullable BodySender sender;

  private boolean bodyRefused;
  private int interimAnswers;

  /** When the exchange began, or its last interim answer came. */
  private volatile long heardNanos = System.nanoTime();

  UpstreamExchange(UpstreamConnection connection, UpstreamRequest request, OpenCall call) {
    this.connection = connection;
    this.http = connection.http();
    this.request = request;
    this.client = request.client();
    this.limits = request.limits();
    this.call = call;
    this.body = client.hasBody() ? new ClientBodyEntity(client, connection::abort) : null;
  }

  /** Whether the whole request was sent. */
  boolean requestSent() {
    return !bodyRefused && (sender == null || sender.sent());
  }

  /** Whether to know that the whole request was sent takes no waiting. */
  boolean requestWasAtHand() {
    return sender == null;
  }

  /** Sends the request and receives the head of its answer. */
  UpstreamResponse answer() throws HttpException, IOException {
    try {
      call.uses(connection);
      call.awaits(this);
      connection.parser().begin();
      ClassicHttpRequest outbound = OutboundMessage.of(request, connection.authority(), body);
      http.sendRequestHeader(outbound);
      ClassicHttpResponse answer = body == null ? null : sendBody(body, outbound);
      if (answer == null) {
        http.flush();
        answer = finalAnswer();
      }
      call.answered();
      return response(answer);
    } catch (HttpException | IOException | RuntimeException e) {
      call.awaits(UpstreamWait.NOTHING);
      connection.abort();
      explain(e);
      throw e;
    }
  }

  /** What the client did to the body comes before what the upstream made of it. */
  private void explain(Exception failure) throws ClientBodyException {
    ClientBodyException clients = body == null ? null : body.clientFailure();
    if (clients != null) {
      throw clients;
    }
    Exception sending = sender == null ? null : sender.failure();
    if (sending != null && !sending.equals(failure)) {
      failure.addSuppressed(sending);
    }
  }

  /**
   * Whether the head of the answer takes too long. The time for it begins when the body was sent,
   * and until then the body has to move; that the client sends slowly is not the upstream's fault.
   */
  @Override
  public boolean isTooLong(long nowNanos) {
    long silent = nowNanos - heardNanos;
    if (body == null) {
      return silent >= limits.firstByte().toNanos();
    }
    if (!body.begun()) {
      return silent >= limits.firstByte().plus(CONTINUE_TIMEOUT.toDuration()).toNanos();
    }
    Duration most = body.sent() ? limits.firstByte() : limits.idle();
    return !body.waitsForClient()
        && Math.min(silent, nowNanos - body.sinceNanos()) >= most.toNanos();
  }

  /**
   * Sends the body, if the upstream wants it. A client that waits for 100 Continue is only told to
   * send when the upstream agrees, or says nothing for a second (RFC 9110, section 10.1.1).
   *
   * @return the final answer; null if it is still to come
   */
  private @Nullable ClassicHttpResponse sendBody(
      ClientBodyEntity entity, ClassicHttpRequest outbound) throws HttpException, IOException {
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
    if (!entity.begin()) {
      http.flush();
      sender =
          BodySender.start(
              entity,
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

  private ClassicHttpResponse finalAnswer() throws HttpException, IOException {
    ClassicHttpResponse answer = nextAnswer();
    while (answer.getCode() < 200 && !switches(answer)) {
      answer = nextAnswer();
    }
    return answer;
  }

  private ClassicHttpResponse nextAnswer() throws HttpException, IOException {
    ClassicHttpResponse answer = http.receiveResponseHeader();
    heardNanos = System.nanoTime();
    if (switches(answer) && !request.upgrade()) {
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

  private UpstreamResponse response(ClassicHttpResponse answer) throws HttpException, IOException {
    AnswerHead head = AnswerHead.check(answer, client.method());
    AnswerBody answerBody =
        new AnswerBody(
            head.hasBody() ? body(answer) : InputStream.nullInputStream(),
            connection,
            this,
            call,
            head.hasBody() ? head.contentLength() : OptionalLong.of(0),
            head.keepAlive(),
            limits.idle().toNanos());
    if (!switches(answer)) {
      call.awaits(answerBody);
    }
    connection.expiresIn(head.keptMillis());
    answerBody.releaseIfRead();
    return new UpstreamResponse(
        answer.getCode(),
        answer.getReasonPhrase() == null ? "" : answer.getReasonPhrase(),
        head.lines(),
        head.contentLength(),
        answerBody);
  }

  private InputStream body(ClassicHttpResponse answer) throws HttpException, IOException {
    if (!switches(answer)) {
      return connection.body(answer);
    }
    Tunnel tunnel =
        new Tunnel(
            connection.parser().rawInput(),
            connection.socket(),
            client.tunnel(),
            call,
            limits.idle().toNanos());
    call.awaits(tunnel);
    return tunnel;
  }
}
