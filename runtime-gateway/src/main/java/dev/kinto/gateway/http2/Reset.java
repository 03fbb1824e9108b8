package dev.kinto.gateway.http2;

import io.netty.handler.codec.http2.Http2Error;

/** Why we end a stream before its end. */
public enum Reset {
  /** The rest of the answer cannot be had. */
  BROKEN(Http2Error.INTERNAL_ERROR),
  /** The request was not looked at and may be sent again. */
  REFUSED(Http2Error.REFUSED_STREAM),
  /** The client did not read the answer in time. */
  TOO_SLOW(Http2Error.CANCEL),
  /** The answer is complete, and nobody needs the rest of the request (RFC 9113, section 8.1). */
  UNNEEDED(Http2Error.NO_ERROR);

  private final Http2Error error;

  Reset(Http2Error error) {
    this.error = error;
  }

  Http2Error error() {
    return error;
  }
}
