package dev.kinto.gateway.wire;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The routing that Helidon calls for each request it has parsed: makes it an exchange, has it
 * handled, and decides what becomes of the connection.
 */
final class WireRouting implements HttpRouting {
  /** How much of an unread request body is read off before the connection closes (contract C35). */
  private static final int DRAIN_BYTES = 64 * 1024;

  private static final System.Logger LOG = System.getLogger(WireRouting.class.getName());
  private static final String INTERNAL_ERROR =
      "The gateway failed. Its log has more under the request id.";

  private final HttpSecurity security = HttpSecurity.create();
  private final ExchangeHandler handler;

  WireRouting(ExchangeHandler handler) {
    this.handler = handler;
  }

  @Override
  public void route(
      ConnectionContext context, RoutingRequest helidonRequest, RoutingResponse unused) {
    ServerRequestHeaders headers = helidonRequest.headers();
    OptionalLong contentLength = contentLength(headers);
    boolean hasBody = contentLength.isEmpty() || contentLength.getAsLong() > 0;
    RequestBody body =
        hasBody ? RequestBody.of(helidonRequest.content().inputStream()) : RequestBody.none();
    ClientRequest request = request(context, helidonRequest, contentLength, body);
    ClientResponse response =
        new ClientResponse(
            context.dataWriter(),
            request.method().equals("HEAD"),
            body,
            headers.containsToken(HeaderValues.CONNECTION_CLOSE));
    try {
      handle(request, response);
    } catch (BrokenAnswerException e) {
      throw new CloseConnectionException(e.getMessage(), e);
    } catch (SocketWriterException | UncheckedIOException e) {
      throw new CloseConnectionException("The client is gone", e);
    }
    if (response.closing()) {
      if (!body.ended() && !request.expectsContinue()) {
        drain(body);
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
      LOG.log(
          Level.WARNING,
          "Request " + requestId + " refused, " + refusal.code().code() + ": " + refusal.detail(),
          refusal.getCause());
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

  private static ClientRequest request(
      ConnectionContext context,
      RoutingRequest request,
      OptionalLong contentLength,
      RequestBody body) {
    ServerRequestHeaders headers = request.headers();
    return new ClientRequest(
        request.prologue().method().text(),
        target(request.prologue()),
        lines(headers),
        body,
        contentLength,
        headers.containsToken(HeaderValues.EXPECT_100),
        address(context.remotePeer().address()),
        headers.first(HeaderNames.HOST).orElse(""),
        context.isSecure());
  }

  /** Puts together again what Helidon took apart without decoding it. */
  private static String target(HttpPrologue prologue) {
    String path = prologue.uriPath().rawPath();
    String query = prologue.query().rawValue();
    String target = query.isEmpty() ? path : path + '?' + query;
    return prologue.fragment().hasValue() ? target + '#' + prologue.fragment().rawValue() : target;
  }

  private static List<HeaderLine> lines(ServerRequestHeaders headers) {
    List<HeaderLine> lines = new ArrayList<>(headers.size());
    for (Header header : headers) {
      String name = header.headerName().defaultCase();
      String lowerCaseName = header.headerName().lowerCase();
      if (header.valueCount() == 1) {
        lines.add(new HeaderLine(name, lowerCaseName, header.get()));
      } else {
        for (String value : header.allValues()) {
          lines.add(new HeaderLine(name, lowerCaseName, value));
        }
      }
    }
    return lines;
  }

  private static OptionalLong contentLength(ServerRequestHeaders headers) {
    return headers.contains(HeaderNames.TRANSFER_ENCODING)
        ? OptionalLong.empty()
        : OptionalLong.of(headers.contentLength().orElse(0));
  }

  private static String address(SocketAddress address) {
    return address instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : "unknown";
  }

  /**
   * Reads off what the client has sent already, so that closing does not reset the connection
   * before the client has read the answer. A client that sends slowly is interrupted after a
   * second.
   */
  private static void drain(RequestBody body) {
    byte[] sink = new byte[8 * 1024];
    try (Deadline _ = Deadline.interruptAfterOneSecond()) {
      int left = DRAIN_BYTES;
      for (int count = 0; count >= 0 && left > 0; left -= count) {
        count = body.read(sink, 0, Math.min(sink.length, left));
      }
    } catch (IOException e) {
      // The client stopped sending: there is nothing left to drain.
    }
  }
}
