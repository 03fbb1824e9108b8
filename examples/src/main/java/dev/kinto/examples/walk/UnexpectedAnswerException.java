package dev.kinto.examples.walk;

/** An answer is not what the walk had announced. */
final class UnexpectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexpectedAnswerException(String message) {
    super(message);
  }
}
