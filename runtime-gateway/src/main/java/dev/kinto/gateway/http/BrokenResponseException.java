package dev.kinto.gateway.http;

/**
 * The source of an answer's body failed after the head was sent. The client's connection is cut, so
 * that it never takes a part for the whole (contract C33).
 */
public final class BrokenResponseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenResponseException(Throwable cause) {
    super("The body of the answer broke off: " + cause.getMessage(), cause);
  }
}
