package dev.kinto.gateway.wire;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** Gives Helidon's own failures the form of all our refusals (contract C36). */
final class HelidonRefusals implements DirectHandler {
  static DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, new HelidonRefusals());
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    Refusal refusal = new Refusal(code(status), detail(status, message));
    String requestId = RequestIds.next();
    TransportResponse.Builder response =
        TransportResponse.builder()
            .status(Status.create(refusal.code().status()))
            .keepAlive(false)
            .entity(Refusals.body(refusal, requestId));
    for (HeaderLine line : Refusals.headers(refusal, requestId)) {
      response.header(HeaderNames.create(line.name()), line.value());
    }
    return response.build();
  }

  private static ProblemCode code(Status status) {
    return switch (status.code()) {
      case 413 -> ProblemCode.BODY_TOO_LARGE;
      case 414 -> ProblemCode.TARGET_TOO_LONG;
      case 431 -> ProblemCode.HEADERS_TOO_LARGE;
      case 501 -> ProblemCode.NOT_IMPLEMENTED;
      case 505 -> ProblemCode.HTTP_VERSION;
      default -> status.code() < 500 ? ProblemCode.REQUEST_INVALID : ProblemCode.INTERNAL_ERROR;
    };
  }

  /** Helidon's words where they help; what it says of its own failures stays in the log. */
  private static String detail(Status status, @Nullable String message) {
    return message == null || message.isEmpty() || status.code() == 500
        ? "The request could not be read."
        : message;
  }
}
