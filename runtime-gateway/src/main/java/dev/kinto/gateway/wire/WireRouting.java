package dev.kinto.gateway.wire;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * The routing that Helidon calls for each request: makes an exchange of the head that the screen
 * read and the body that Helidon reads, has it handled, and decides what becomes of the connection.
 */
final class WireRouting implements HttpRouting {
  private static final System.Logger LOG = System.getLogger(WireRouting.class.getName());
  private static final String INTERNAL_ERROR =
      "The gateway failed. Its log has more under the request id.";

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpSecurity security = HttpSecurity.create();
  private final ExchangeHandler handler;
  private final Drain drain;

  WireRouting(ExchangeHandler handler, Drain drain) {
    this.handler = handler;
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
    ClientResponse response =
        new ClientResponse(
            context.dataWriter(),
            head.method().equals("HEAD"),
            body,
            () -> head.closes() || drain.begun());
    try {
      handle(request, response);
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

  /** Has the request answered; what the handler refuses, and its own failures, become problems. */
  private void handle(ClientRequest request, ClientResponse response) {
    String requestId = RequestIds.next();
    try {
      handler.handle(request, response, requestId);
    } catch (Refusal refusal) {
      log(refusal, requestId);
      Refusals.send(refusal, requestId, response);
    } catch (BrokenAnswerException | SocketWriterException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Request " + requestId + " failed", e);
      if (response.started()) {
        throw new CloseConnectionException("The answer cannot be completed", e);
      }
      Refusals.send(new Refusal(ProblemCode.INTERNAL_ERROR, INTERNAL_ERROR), requestId, response);
    }
  }

  /** What is not the client's doing is for the operator, with the id that the client has too. */
  private static void log(Refusal refusal, String requestId) {
    if (refusal.code().status() >= 500) {
      Throwable cause = refusal.getCause();
      LOG.log(
          Level.WARNING,
          "Request {0} refused, {1}: {2}{3}",
          requestId,
          refusal.code().code(),
          refusal.detail(),
          cause == null ? "" : " Cause: " + cause);
      LOG.log(Level.DEBUG, "Request " + requestId, cause);
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
        new ClientWatch(context.input(), body),
        context.screen().tunnel());
  }
}
