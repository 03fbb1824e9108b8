package dev.kinto.gateway.wire;

import java.io.IOException;

/** The client's request body could not be read: it broke off, or its chunks are not HTTP. */
public final class ClientBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientBodyException(String reason) {
    super("The request body could not be read: " + reason);
  }

  ClientBodyException(RuntimeException cause) {
    super("The request body could not be read: " + cause.getMessage(), cause);
  }
}
