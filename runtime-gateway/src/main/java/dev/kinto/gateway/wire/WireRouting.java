package dev.kinto.gateway.wire;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The routing that Helidon calls for each request: makes an exchange of the head that the screen
 * read and the body that Helidon reads, has it handled, and decides what becomes of the connection.
 */
final class WireRouting implements HttpRouting {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpSecurity security = HttpSecurity.create();
  private final Answers answers;
  private final Drain drain;

  WireRouting(Answers answers, Drain drain) {
    this.answers = answers;
    this.drain = drain;
  }

  @Override
  public void route(
      ConnectionContext context, RoutingRequest unusedRequest, RoutingResponse unused) {
    WireContext wire = (WireContext) context;
    RequestScreen screen = wire.screen();
    RequestHead head = screen.head();
    RequestBody body =
        screen.body(
            () -> {
              if (head.expectsContinue()) {
                context.dataWriter().writeNow(BufferData.create(CONTINUE));
              }
            });
    ClientRequest request = request(wire, head, body);
    Http1Response response =
        new Http1Response(
            context.dataWriter(),
            head.method().equals("HEAD"),
            body,
            () -> head.closes() || drain.begun());
    try {
      answers.answer(request, response);
    } catch (BrokenAnswerException e) {
      throw new CloseConnectionException(e.getMessage(), e);
    } catch (SocketWriterException | UncheckedIOException e) {
      throw new CloseConnectionException("The client is gone", e);
    }
    if (response.closing()) {
      if (!body.ended() && !request.expectsContinue()) {
        screen.drain(body);
      }
      // Helidon would read the next request out of the rest of this one's body.
      throw new CloseConnectionException("The answer announced the end of the connection");
    }
  }

  @Override
  public HttpSecurity security() {
    return security;
  }

  @Override
  public void beforeStart() {}

  @Override
  public void afterStop() {}

  private static ClientRequest request(WireContext context, RequestHead head, RequestBody body) {
    return new ClientRequest(
        head.method(),
        head.target(),
        head.lines(),
        body,
        head.contentLength(),
        context.screen().maxBodySize(),
        head.expectsContinue(),
        Caller.direct(context.peer(), head.host(), context.isSecure()),
        context.serverName(),
        new ConnectionWatch(context.input(), body),
        context.screen().tunnel());
  }
}
