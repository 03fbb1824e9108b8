package dev.kinto.gateway.upstream;

import java.io.IOException;

/** An upstream's answer that is not the HTTP that contract C35 lets through. */
final class InvalidAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidAnswerException(String message) {
    super(message);
  }
}
