package dev.kinto.gateway.listen;

import dev.kinto.gateway.config.ClientLimits;
import dev.kinto.gateway.http.BrokenResponseException;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientWatch;
import dev.kinto.gateway.http.RequestBody;
import dev.kinto.gateway.http1.RequestHead;
import dev.kinto.gateway.http2.ClientStream;
import dev.kinto.gateway.http2.Field;
import dev.kinto.gateway.http2.Reset;
import dev.kinto.gateway.problem.Refusal;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Has a request over HTTP/2 answered, and ends its stream.
 *
 * @param answers the request
 * @param peer the connection's client
 * @param limits of what the client may send and how slowly
 * @param linger reads off what comes behind an answer
 */
record Http2Exchange(Dispatcher answers, Peer peer, ClientLimits limits, LingeringClose linger) {
  private static final String PROTOCOL = "HTTP/2.0";

  void answer(ClientStream stream) {
    boolean drains = true;
    try {
      RequestHead head = head(stream);
      Http2Response response =
          new Http2Response(stream, head.method().equals("HEAD"), limits.write().toNanos());
      answers.answer(request(stream, head, response), PROTOCOL, response);
      drains = !head.expectsContinue() || response.invited();
    } catch (Refusal refusal) {
      refuse(stream, refusal);
    } catch (BrokenResponseException e) {
      stream.reset(Reset.BROKEN);
    } catch (UncheckedIOException e) {
      stream.reset(Reset.TOO_SLOW);
    }
    end(stream, drains);
  }

  private RequestHead head(ClientStream stream) {
    return Http2Head.of(
        stream.fields().orElseThrow(InvalidRequest::headersAreTooLarge), stream.hasBody(), limits);
  }

  private void refuse(ClientStream stream, Refusal refusal) {
    try {
      answers.refuse(
          refusal,
          new Dispatcher.Sender(PROTOCOL, peer.address(), origin(stream)),
          new Http2Response(stream, isHead(stream), limits.write().toNanos()));
    } catch (UncheckedIOException e) {
      stream.reset(Reset.TOO_SLOW);
    }
  }

  private static boolean isHead(ClientStream stream) {
    return stream.fields().orElse(List.of()).contains(new Field(":method", "HEAD"));
  }

  private static Optional<String> origin(ClientStream stream) {
    return stream.fields().orElse(List.of()).stream()
        .filter(field -> field.name().equals("origin"))
        .map(Field::value)
        .findFirst();
  }

  private ClientRequest request(ClientStream stream, RequestHead head, Http2Response response) {
    return new ClientRequest(
        head.method(),
        head.target(),
        head.lines(),
        body(stream, head, response),
        head.contentLength(),
        limits.maxBodySize(),
        head.expectsContinue(),
        peer.calling(head.host()),
        peer.serverName(),
        new StreamWatch(stream),
        InputStream.nullInputStream());
  }

  private RequestBody body(ClientStream stream, RequestHead head, Http2Response response) {
    if (!head.hasBody()) {
      return RequestBody.none();
    }
    return RequestBody.of(
        new Http2Body(stream, head.contentLength(), limits.body().toNanos()),
        () -> false,
        head.expectsContinue() ? response::invite : () -> {},
        limits.maxBodySize());
  }

  /** Some clients take a reset for a failure, though the answer is there: most need none. */
  private void end(ClientStream stream, boolean drains) {
    if (drains && !stream.inputEnded()) {
      linger.readOff((sink, nanos) -> stream.read(sink, 0, sink.length, nanos));
    }
    if (!stream.inputEnded()) {
      stream.reset(Reset.UNNEEDED);
    }
  }

  /** A stream tells by itself that its client has given up. */
  private record StreamWatch(ClientStream stream) implements ClientWatch {
    @Override
    public void whenGone(Runnable action) {
      stream.whenGone(action);
    }

    @Override
    public void close() {
      stream.whenGone(null);
    }
  }
}
