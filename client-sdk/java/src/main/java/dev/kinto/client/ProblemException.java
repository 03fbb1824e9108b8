package dev.kinto.client;

import java.io.IOException;

/** The gateway refused something, and said why. */
public class ProblemException extends IOException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Lost with serialisation, which the message outlives.
  private final ProblemDetails problem;

  ProblemException(String message, ProblemDetails problem) {
    super(message);
    this.problem = problem;
  }

  /** What the gateway said. */
  public ProblemDetails problem() {
    return problem;
  }
}
