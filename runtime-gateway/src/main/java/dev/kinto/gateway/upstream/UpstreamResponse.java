package dev.kinto.gateway.upstream;

import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.problem.Refusal;
import java.util.List;
import java.util.OptionalLong;

/**
 * A microservice's answer, whose head has arrived and was checked; its body is read as it is sent
 * on. Closing it before the end of the body ends the upstream connection.
 *
 * @param status the status code, 200 to 599, or 101 where it was asked for
 * @param reason the reason phrase
 * @param headers all header lines
 * @param contentLength the announced length; empty for a chunked or endless body
 * @param body the body, empty where there is none
 */
public record UpstreamResponse(
    int status,
    String reason,
    List<HeaderLine> headers,
    OptionalLong contentLength,
    UpstreamResponseBody body)
    implements AutoCloseable {

  /** Says for the log that a refusal has to do with the upstream that answered. */
  public Refusal about(Refusal refusal) {
    return body.about(refusal);
  }

  @Override
  public void close() {
    body.release();
  }
}
