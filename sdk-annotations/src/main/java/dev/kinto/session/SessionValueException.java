package dev.kinto.session;

/**
 * A session value that its declaration rules out: a required one is absent, or one is not of its
 * type. Behind a gateway a read never throws this, because the gateway refuses such calls; it shows
 * a microservice that is called past the gateway, or a write that would break the contract.
 */
public final class SessionValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  SessionValueException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The name of the session field. */
  public String field() {
    return field;
  }
}
