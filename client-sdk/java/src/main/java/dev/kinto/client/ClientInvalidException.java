package dev.kinto.client;

/**
 * The gateway does not know the client id, or the secret is wrong: it says the same of both
 * (contract C22). The application's configuration must change before any call can succeed.
 */
public final class ClientInvalidException extends ProblemException {
  private static final long serialVersionUID = 1L;

  ClientInvalidException(String clientId, ProblemDetails problem) {
    super(
        "The gateway refused the id or the secret of the client \"" + clientId + "\"", problem, 0);
  }
}
