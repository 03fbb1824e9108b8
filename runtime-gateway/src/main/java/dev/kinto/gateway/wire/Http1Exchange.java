package dev.kinto.gateway.wire;

import dev.kinto.gateway.problem.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Has a request over HTTP/1.1 answered, and says what becomes of its connection.
 *
 * @param answers the request
 * @param peer the connection's client
 * @param input what follows the request's head
 * @param watched the same, where it shows that the client goes away
 * @param writer takes the answer
 * @param maxBodySize the greatest body that a request may have; empty: any
 * @param drain whether the answer is to be the connection's last
 */
record Http1Exchange(
    Answers answers,
    Peer peer,
    ConnectionInput input,
    WatchedInput watched,
    TimedWriter writer,
    OptionalLong maxBodySize,
    Drain drain) {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** How much of an unread rest is read off before the connection closes (contract C35). */
  private static final int DRAIN_BYTES = 64 * 1024;

  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Has a request answered.
   *
   * @return whether the connection goes on: if not, what comes behind the request is none, but
   *     perhaps the rest of its body
   * @throws BrokenAnswerException if the answer broke after its head was sent
   * @throws UncheckedIOException or SocketWriterException if the client is gone
   */
  boolean answer(RequestHead head) {
    RequestBody body = body(head);
    Http1Response response =
        new Http1Response(
            writer, head.method().equals("HEAD"), body, () -> head.closes() || drain.begun());
    answers.answer(request(head, body), response);
    if (response.closing() && !body.ended() && !head.expectsContinue()) {
      readOff(body);
    }
    return !response.closing();
  }

  /** Refuses a request whose head is not valid; the connection ends with it. */
  void refuse(Refusal refusal) {
    answers.refuse(
        refusal,
        input.originAtHand(),
        new Http1Response(writer, false, RequestBody.none(), () -> true));
    readOff(new RawInput(input));
  }

  private ClientRequest request(RequestHead head, RequestBody body) {
    return new ClientRequest(
        head.method(),
        head.target(),
        head.lines(),
        body,
        head.contentLength(),
        maxBodySize,
        head.expectsContinue(),
        peer.calling(head.host()),
        peer.serverName(),
        new ConnectionWatch(watched, body),
        new RawInput(input));
  }

  private RequestBody body(RequestHead head) {
    if (!head.hasBody()) {
      return RequestBody.none();
    }
    InputStream source =
        head.contentLength().isEmpty()
            ? new ChunkedBody(input, ClientBodyException::new)
            : new CountedBody(input, head.contentLength().getAsLong());
    return RequestBody.of(
        source,
        () -> {
          if (head.expectsContinue()) {
            writer.write(CONTINUE, 0, CONTINUE.length);
          }
        },
        maxBodySize);
  }

  /**
   * Reads off what the client has sent already, so that closing does not reset the connection
   * before the client has read the answer. A client that sends slowly is cut off after a second.
   */
  private void readOff(InputStream rest) {
    input.endsBy(ConnectionTimer.in(DRAIN_NANOS));
    byte[] sink = new byte[8 * 1024];
    try {
      int left = DRAIN_BYTES;
      for (int count = 0; count >= 0 && left > 0; left -= count) {
        count = rest.read(sink, 0, Math.min(sink.length, left));
      }
    } catch (IOException e) {
      // The client stopped sending: there is nothing left to read off.
    }
  }
}
