package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import java.io.IOException;
import java.net.UnknownHostException;

/** No connection to an upstream could be made, so no byte of the request was sent. */
public final class ConnectFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectFailedException(Endpoint upstream, IOException cause) {
    super("cannot connect to " + upstream + ": " + cause.getMessage(), cause);
  }

  ConnectFailedException(HttpOrigin upstream, UnknownHostException cause) {
    super("cannot connect to " + upstream + ": the name is not known", cause);
  }
}
