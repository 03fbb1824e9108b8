package dev.kinto.gateway.upstream;

import java.io.IOException;

/** A connection that ended without a byte of an answer. */
final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  NoAnswerException() {
    super("the connection ended without an answer");
  }
}
