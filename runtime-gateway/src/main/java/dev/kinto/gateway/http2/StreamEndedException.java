package dev.kinto.gateway.http2;

import java.io.IOException;

/** The client reset a stream, or its connection is gone: nothing more can be read or sent. */
public final class StreamEndedException extends IOException {
  private static final long serialVersionUID = 1L;

  StreamEndedException(String message) {
    super(message);
  }
}
