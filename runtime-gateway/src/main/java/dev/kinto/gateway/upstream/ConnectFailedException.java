package dev.kinto.gateway.upstream;

import java.io.IOException;
import java.net.URI;

/** No connection to an upstream could be made, so no byte of the request was sent. */
final class ConnectFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectFailedException(URI upstream, IOException cause) {
    super("cannot connect to " + upstream + ": " + cause.getMessage(), cause);
  }
}
