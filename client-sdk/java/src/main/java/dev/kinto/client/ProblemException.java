package dev.kinto.client;

import java.io.IOException;

/** The gateway refused something, and said why. */
public class ProblemException extends IOException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Lost with serialisation, which the message outlives.
  private final ProblemDetails problem;

  private final long retryAfterSeconds;

  ProblemException(String message, ProblemDetails problem, long retryAfterSeconds) {
    super(message);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What the gateway said. */
  public ProblemDetails problem() {
    return problem;
  }

  /**
   * How long to wait before it may go better, as {@code Retry-After} says of a {@code 429} or
   * {@code 503} (RFC 9110, section 10.2.3); 0 if nothing is said.
   */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
