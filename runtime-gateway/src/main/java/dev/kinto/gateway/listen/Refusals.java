package dev.kinto.gateway.listen;

import dev.kinto.gateway.http.ClientResponse;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.ResponseHead;
import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.ProblemWriter;
import dev.kinto.gateway.problem.Refusal;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The answer to a refused request: problem+json and the fields that belong to its status. */
final class Refusals {
  /** What a moment may mend. */
  private static final Set<ProblemCode> SOON_OVER =
      Set.of(
          ProblemCode.GRID_UNAVAILABLE,
          ProblemCode.SERVICE_NOT_READY,
          ProblemCode.UPSTREAM_BUSY,
          ProblemCode.DRAINING);

  private Refusals() {}

  static void send(Refusal refusal, String requestId, ClientResponse response) {
    byte[] body = body(refusal, requestId);
    response.send(
        new ResponseHead(
            refusal.code().status(),
            Status.create(refusal.code().status()).reasonPhrase(),
            headers(refusal, requestId),
            OptionalLong.of(body.length)),
        body);
  }

  static byte[] body(Refusal refusal, String requestId) {
    return ProblemWriter.write(refusal, requestId).getBytes(StandardCharsets.UTF_8);
  }

  static List<HeaderLine> headers(Refusal refusal, String requestId) {
    List<HeaderLine> lines = new ArrayList<>();
    lines.add(HeaderLine.of("Content-Type", ProblemWriter.MEDIA_TYPE));
    lines.add(HeaderLine.of("Cache-Control", "no-store"));
    lines.add(HeaderLine.of("Kinto-Request-Id", requestId));
    if (refusal.code().status() == 401) {
      lines.add(HeaderLine.of("WWW-Authenticate", "Bearer"));
    }
    if (refusal instanceof Refusal.MethodNotAllowed notAllowed) {
      lines.add(HeaderLine.of("Allow", String.join(", ", notAllowed.allowed())));
    }
    if (refusal instanceof Refusal.RateLimited limited) {
      lines.add(HeaderLine.of("Retry-After", Long.toString(limited.retryAfterSeconds())));
    }
    if (SOON_OVER.contains(refusal.code())) {
      lines.add(HeaderLine.of("Retry-After", "1"));
    }
    return lines;
  }
}
