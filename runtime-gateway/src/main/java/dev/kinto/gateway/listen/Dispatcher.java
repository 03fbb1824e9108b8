package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.BrokenResponseException;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.http.RequestIds;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import io.helidon.common.socket.SocketWriterException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Has requests answered, whatever they came over: what the handler refuses, and its own failures,
 * become problems (contract C36).
 *
 * @param handler answers what it does not refuse
 */
record Dispatcher(ExchangeHandler handler) {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final String INTERNAL_ERROR =
      "The gateway failed. Its log has more under the request id.";

  /**
   * Gives a request its answer.
   *
   * @throws BrokenResponseException if it broke after its head was sent
   * @throws UncheckedIOException or SocketWriterException if the client is gone
   */
  void answer(ClientRequest request, ClientResponse response) {
    String requestId = RequestIds.next();
    try {
      ExchangeHandler now = handler.now();
      response.always(now.greeting(request.only("origin")));
      now.handle(request, response, requestId);
    } catch (Refusal refusal) {
      log(refusal, requestId, request.method());
      Refusals.send(refusal, requestId, response);
    } catch (BrokenResponseException | SocketWriterException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "Request " + requestId + " (" + request.method() + ") failed", e);
      if (response.started()) {
        throw new BrokenResponseException(e);
      }
      Refusals.send(new Refusal(ProblemCode.INTERNAL_ERROR, INTERNAL_ERROR), requestId, response);
    }
  }

  /**
   * Refuses a request whose head could not be read to its end, or is not valid.
   *
   * @param origin of the page that sent it, as far as that was read
   */
  void refuse(Refusal refusal, Optional<String> origin, ClientResponse response) {
    response.always(handler.greeting(origin));
    String requestId = RequestIds.next();
    log(refusal, requestId, "");
    Refusals.send(refusal, requestId, response);
  }

  /**
   * What is not the client's doing is for the operator, with the id that the client has too; the
   * rest is there for who looks for it (contract C47).
   */
  private static void log(Refusal refusal, String requestId, String method) {
    Level level = refusal.code().ofTheRequest() ? Level.DEBUG : Level.WARNING;
    if (LOG.isLoggable(level)) {
      LOG.log(level, line(refusal, requestId, method));
      LOG.log(Level.DEBUG, "Request " + requestId, refusal.getCause());
    }
  }

  /**
   * {@code Request <id>: 502 upstream-unreachable, GET (GET /orders/{id} of demo/shop), upstream
   * http://127.0.0.1:9001: <detail> Cause: …}
   */
  private static String line(Refusal refusal, String requestId, String method) {
    Throwable cause = refusal.getCause();
    return "Request "
        + requestId
        + ": "
        + refusal.code().status()
        + " "
        + refusal.code().code()
        + (method.isEmpty() ? "" : ", " + method)
        + (refusal.route().isEmpty() ? "" : " (route " + refusal.route() + ")")
        + (refusal.upstream().isEmpty() ? "" : ", upstream " + refusal.upstream())
        + ": "
        + refusal.detail()
        + (cause == null ? "" : " Cause: " + cause);
  }
}
