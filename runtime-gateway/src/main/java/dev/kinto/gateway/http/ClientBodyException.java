package dev.kinto.gateway.http;

import dev.kinto.gateway.problem.ProblemCode;
import dev.kinto.gateway.problem.Refusal;
import java.io.IOException;

/**
 * The client's request body could not be read: it broke off, its chunks are not HTTP, it came too
 * slowly, or it is too large.
 */
public final class ClientBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  public ClientBodyException(String reason) {
    this(ProblemCode.REQUEST_INVALID, "The request body could not be read: " + reason + ".");
  }

  public ClientBodyException(RuntimeException cause) {
    this("the connection broke");
    initCause(cause);
  }

  private ClientBodyException(ProblemCode code, String message) {
    super(message);
    this.code = code;
  }

  public static ClientBodyException tooSlow() {
    return new ClientBodyException(
        ProblemCode.REQUEST_TIMEOUT, "The body of the request paused for too long.");
  }

  static ClientBodyException tooLarge(long maxBodySize) {
    return new ClientBodyException(
        ProblemCode.BODY_TOO_LARGE,
        "The body of the request has more than " + maxBodySize + " bytes.");
  }

  /** What the client is told, if it can still be told anything. */
  public Refusal refusal() {
    return new Refusal(code, String.valueOf(getMessage()), this);
  }
}
