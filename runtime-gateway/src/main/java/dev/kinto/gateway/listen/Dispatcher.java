package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.BrokenResponseException;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.ExchangeHandler;
import dev.kinto.gateway.http.RequestIds;
import dev.kinto.gateway.observe.Observation;
import dev.kinto.gateway.observe.Observers;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import io.helidon.common.socket.SocketWriterException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Has requests answered, whatever they came over: what the handler refuses, and its own failures,
 * become problems (contract C36).
 *
 * @param listener the listener's name
 * @param handler answers what it does not refuse
 * @param observers are told of each request when it has ended
 */
record Dispatcher(String listener, ExchangeHandler handler, Observers observers) {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final String INTERNAL_ERROR =
      "The gateway failed. Its log has more under the request id.";

  /**
   * Who sent a request that could not be read.
   *
   * @param protocol the version of HTTP that the connection speaks
   * @param address the IP address of the other end
   * @param origin of the page that sent it, as far as that was read
   */
  record Sender(String protocol, String address, Optional<String> origin) {}

  /**
   * Gives a request its answer.
   *
   * @param protocol the version of HTTP that it came in
   * @throws BrokenResponseException if it broke after its head was sent
   * @throws UncheckedIOException or SocketWriterException if the client is gone
   */
  void answer(ClientRequest request, String protocol, ClientResponse response) {
    Observation observation =
        new Observation(
            observers,
            RequestIds.next(),
            listener,
            protocol,
            request.method(),
            request.target(),
            request.caller().address(),
            request.values("traceparent"));
    try {
      handle(request, response, observation);
    } catch (BrokenResponseException e) {
      observation.broke();
      throw e;
    } catch (SocketWriterException | UncheckedIOException e) {
      observation.clientGone();
      throw e;
    } finally {
      observation.ended(response.status(), response.bodyBytes());
    }
  }

  private void handle(ClientRequest request, ClientResponse response, Observation observation) {
    String requestId = observation.requestId();
    try {
      ExchangeHandler now = handler.now();
      response.always(now.greeting(request.only("origin").orElse(null)));
      now.handle(request, response, observation);
    } catch (Refusal refusal) {
      observation.refused(refusal);
      log(refusal, requestId, request.method());
      Refusals.send(refusal, requestId, response);
    } catch (BrokenResponseException | SocketWriterException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "Request " + requestId + " (" + request.method() + ") failed", e);
      if (response.started()) {
        throw new BrokenResponseException(e);
      }
      Refusal refusal = new Refusal(ProblemCode.INTERNAL_ERROR, INTERNAL_ERROR);
      observation.refused(refusal);
      Refusals.send(refusal, requestId, response);
    }
  }

  /**
   * Refuses a request whose head could not be read to its end, or is not valid.
   *
   * @throws UncheckedIOException or SocketWriterException if the client is gone
   */
  void refuse(Refusal refusal, Sender sender, ClientResponse response) {
    Observation observation =
        new Observation(
            observers,
            RequestIds.next(),
            listener,
            sender.protocol(),
            "",
            "",
            sender.address(),
            List.of());
    observation.refused(refusal);
    try {
      response.always(handler.greeting(sender.origin().orElse(null)));
      log(refusal, observation.requestId(), "");
      Refusals.send(refusal, observation.requestId(), response);
    } finally {
      observation.ended(response.status(), response.bodyBytes());
    }
  }

  /**
   * What is not the client's doing is for the operator, with the id that the client has too; the
   * rest is there for who looks for it (contract C47).
   */
  private static void log(Refusal refusal, String requestId, String method) {
    Level level = refusal.code().ofTheRequest() ? Level.DEBUG : Level.WARNING;
    if (LOG.isLoggable(level)) {
      LOG.log(level, line(refusal, requestId, method));
      if (refusal.getCause() != null) {
        LOG.log(Level.DEBUG, "Request " + requestId, refusal.getCause());
      }
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
