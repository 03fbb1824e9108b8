package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.UpstreamLimits;
import dev.kinto.gateway.http.ClientBodyException;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http1.MalformedMessageException;
import dev.kinto.gateway.http1.MessageWriter;
import dev.kinto.gateway.http1.ReceivedHead;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over an upstream's connection (contract C33, C35). Used by the call's
 * thread; a body that has not come whole with its head is sent by another one.
 */
final class UpstreamExchange implements UpstreamWait {
  private static final Duration CONTINUE_TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_INTERIM_ANSWERS = 16;
  private static final int CONTINUE = 100;

  private final UpstreamConnection connection;
  private final UpstreamRequest request;
  private final ClientRequest client;
  private final UpstreamLimits limits;
  private final UpstreamCall call;

  /** What is sent behind the head; null without a body. */
  private final @Nullable OutboundBody body;

  /** Who sends it, if it is not this thread. */
  private @Nullable BodySender sender;

  private boolean bodyRefused;
  private int interimAnswers;

  /** When the exchange began, or its last interim answer came. */
  private volatile long heardNanos = System.nanoTime();

  UpstreamExchange(UpstreamConnection connection, UpstreamRequest request, UpstreamCall call) {
    this.connection = connection;
    this.request = request;
    this.client = request.client();
    this.limits = request.limits();
    this.call = call;
    this.body = client.hasBody() ? new OutboundBody(client, connection) : null;
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
  UpstreamResponse answer() throws IOException {
    try {
      call.uses(connection);
      call.awaits(this);
      connection.input().begin();
      ReceivedHead refusal = send(OutboundHead.of(request, connection.authority()));
      ReceivedHead received = refusal == null ? finalHead() : refusal;
      call.answered();
      return response(received);
    } catch (IOException | RuntimeException e) {
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
      return silent >= limits.firstByte().plus(CONTINUE_TIMEOUT).toNanos();
    }
    Duration most = body.sent() ? limits.firstByte() : limits.idle();
    return !body.waitsForClient()
        && Math.min(silent, nowNanos - body.sinceNanos()) >= most.toNanos();
  }

  /**
   * Sends the request, its body only if the upstream wants it.
   *
   * @return the head of the final answer; null if it is still to come
   */
  private @Nullable ReceivedHead send(MessageWriter head) throws IOException {
    if (body == null) {
      write(head);
      return null;
    }
    if (client.expectsContinue()) {
      write(head);
      ReceivedHead refusal = awaitContinue();
      return refusal == null ? sendBody(new MessageWriter(0), body) : refusal;
    }
    return sendBody(head, body);
  }

  private void write(MessageWriter head) throws IOException {
    connection.write(head.bytes(), 0, head.length());
  }

  /**
   * A client that waits for 100 Continue is only told to send when the upstream agrees, or says
   * nothing for a second (RFC 9110, section 10.1.1).
   *
   * @return the head of the final answer if the upstream wants no body
   */
  private @Nullable ReceivedHead awaitContinue() throws IOException {
    ReceivedHead head = null;
    while ((head == null || head.status() != CONTINUE)
        && connection.input().awaitByte(CONTINUE_TIMEOUT)) {
      head = nextHead();
      if (!head.interim()) {
        bodyRefused = true;
        return head;
      }
    }
    return null;
  }

  /**
   * Sends the body.
   *
   * @param unsent what is to be sent before it
   * @return the head of an answer that the upstream gave instead of reading it
   */
  private @Nullable ReceivedHead sendBody(MessageWriter unsent, OutboundBody sending)
      throws IOException {
    if (!sending.begin()) {
      write(unsent);
      sender = BodySender.start(sending);
      return null;
    }
    try {
      sending.sendBehind(unsent);
      return null;
    } catch (ClientBodyException e) {
      throw e;
    } catch (IOException e) {
      bodyRefused = true;
      return headBehind(e);
    }
  }

  /** An upstream that answered and closed instead of reading on: its answer is still there. */
  private ReceivedHead headBehind(IOException sending) throws IOException {
    try {
      return finalHead();
    } catch (IOException e) {
      sending.addSuppressed(e);
      throw sending;
    }
  }

  private ReceivedHead finalHead() throws IOException {
    ReceivedHead head = nextHead();
    while (head.interim()) {
      head = nextHead();
    }
    return head;
  }

  private ReceivedHead nextHead() throws IOException {
    ReceivedHead head = connection.input().readHead();
    heardNanos = System.nanoTime();
    if (head.switchesProtocols() && !request.upgrade()) {
      throw new MalformedMessageException("a switch of protocols that nobody asked for");
    }
    if (head.interim() && ++interimAnswers > MAX_INTERIM_ANSWERS) {
      throw new MalformedMessageException("more than " + MAX_INTERIM_ANSWERS + " interim answers");
    }
    return head;
  }

  private UpstreamResponse response(ReceivedHead received) throws IOException {
    UpstreamResponseHead head = UpstreamResponseHead.check(received, client.method());
    UpstreamResponseBody answerBody =
        new UpstreamResponseBody(
            head.hasBody() ? body(received) : InputStream.nullInputStream(),
            connection,
            this,
            call,
            head.hasBody() ? head.contentLength() : OptionalLong.of(0),
            head.keepAlive(),
            limits.idle().toNanos());
    if (!received.switchesProtocols()) {
      call.awaits(answerBody);
    }
    connection.expiresIn(head.keptMillis());
    answerBody.releaseIfRead();
    return new UpstreamResponse(
        received.status(), received.reason(), head.lines(), head.contentLength(), answerBody);
  }

  private InputStream body(ReceivedHead head) {
    if (!head.switchesProtocols()) {
      return connection.body(head);
    }
    Tunnel tunnel =
        new Tunnel(
            connection.input(),
            connection.socket(),
            client.tunnel(),
            call,
            limits.idle().toNanos());
    call.awaits(tunnel);
    return tunnel;
  }
}
