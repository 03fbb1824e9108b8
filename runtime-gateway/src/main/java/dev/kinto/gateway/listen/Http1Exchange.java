package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.ClientBodyException;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.RequestBody;
import dev.kinto.gateway.http1.ChunkedBody;
import dev.kinto.gateway.http1.CountedBody;
import dev.kinto.gateway.http1.RequestHead;
import dev.kinto.gateway.problem.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

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
 * @param linger reads off what comes behind the last answer
 */
record Http1Exchange(
    Dispatcher answers,
    Peer peer,
    ConnectionInput input,
    WatchedInput watched,
    TimedWriter writer,
    OptionalLong maxBodySize,
    Drain drain,
    LingeringClose linger) {
  private static final String PROTOCOL = "HTTP/1.1";

  /**
   * Has a request answered.
   *
   * @return whether the connection goes on: if not, what comes behind the request is none, but
   *     perhaps the rest of its body
   * @throws BrokenResponseException if the answer broke after its head was sent
   * @throws UncheckedIOException or SocketWriterException if the client is gone
   */
  boolean answer(RequestHead head) {
    Http1Response response = new Http1Response(writer, head.method().equals("HEAD"));
    RequestBody body = body(head, response);
    response.closesIf(() -> head.closes() || drain.begun() || !body.ended());
    answers.answer(request(head, body), PROTOCOL, response);
    if (response.closing() && !body.ended() && (!head.expectsContinue() || response.invited())) {
      readOff(body::discard);
    }
    return !response.closing();
  }

  /** Refuses a request whose head is not valid; the connection ends with it. */
  void refuse(Refusal refusal) {
    answers.refuse(
        refusal,
        new Dispatcher.Sender(PROTOCOL, peer.address(), input.originAtHand()),
        new Http1Response(writer, false));
    readOff(new RawInput(input)::read);
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

  private RequestBody body(RequestHead head, Http1Response response) {
    if (!head.hasBody()) {
      return RequestBody.none();
    }
    Runnable invitation = head.expectsContinue() ? response::invite : () -> {};
    if (head.contentLength().isEmpty()) {
      InputStream source = new ChunkedBody(input, ClientBodyException::new);
      return RequestBody.of(source, () -> false, invitation, maxBodySize);
    }
    CountedBody source =
        new CountedBody(input, head.contentLength().getAsLong(), ClientBodyException::new);
    return RequestBody.of(source, () -> source.left() == 0, invitation, maxBodySize);
  }

  private void readOff(Read rest) {
    linger.readOff(
        (sink, nanos) -> {
          input.endsBy(ConnectionTimer.in(nanos));
          return rest.into(sink);
        });
  }

  /** One read from what comes behind the answer. */
  @FunctionalInterface
  private interface Read {
    int into(byte[] sink) throws IOException;
  }
}
