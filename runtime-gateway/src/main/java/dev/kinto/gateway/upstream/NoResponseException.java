package dev.kinto.gateway.upstream;

import java.io.IOException;

/** A connection that ended without a byte of an answer. */
final class NoResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  NoResponseException() {
    super("the connection ended without an answer");
  }
}
