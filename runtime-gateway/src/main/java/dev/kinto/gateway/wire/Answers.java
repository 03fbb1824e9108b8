package dev.kinto.gateway.wire;

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
record Answers(ExchangeHandler handler) {
  private static final System.Logger LOG = System.getLogger(Answers.class.getName());
  private static final String INTERNAL_ERROR =
      "The gateway failed. Its log has more under the request id.";

  /**
   * Gives a request its answer.
   *
   * @throws BrokenAnswerException if it broke after its head was sent
   * @throws UncheckedIOException or SocketWriterException if the client is gone
   */
  void answer(ClientRequest request, ClientResponse response) {
    String requestId = RequestIds.next();
    try {
      response.always(handler.greeting(request.only("origin")));
      handler.handle(request, response, requestId);
    } catch (Refusal refusal) {
      log(refusal, requestId);
      Refusals.send(refusal, requestId, response);
    } catch (BrokenAnswerException | SocketWriterException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Request " + requestId + " failed", e);
      if (response.started()) {
        throw new BrokenAnswerException(e);
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
    Refusals.send(refusal, RequestIds.next(), response);
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
}
