package dev.kinto.gateway.wire;

import dev.kinto.gateway.problem.ProblemCode;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/**
 * A request that is not the HTTP that contract C35 lets through. What is thrown is Helidon's own
 * exception, so that Helidon answers it with our problem+json and closes the connection.
 */
final class InvalidRequest {
  private InvalidRequest() {}

  static RequestException because(String reason) {
    return because(ProblemCode.REQUEST_INVALID, reason);
  }

  static RequestException because(ProblemCode code, String reason) {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(Status.create(code.status()))
        .setKeepAlive(false)
        .message(reason)
        .build();
  }
}
