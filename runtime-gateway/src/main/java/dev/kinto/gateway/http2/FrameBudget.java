package dev.kinto.gateway.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * How many frames of a kind a client may send within a time. Frames that carry no request cost it
 * little and us some work, so that whoever sends too many ends its connection.
 */
final class FrameBudget {
  private final String kind;
  private final int most;
  private final long nanos;
  private long sinceNanos = System.nanoTime();
  private int count;

  FrameBudget(String kind, int most, long nanos) {
    this.kind = kind;
    this.most = most;
    this.nanos = nanos;
  }

  void spend() throws Http2Exception {
    long now = System.nanoTime();
    if (now - sinceNanos >= nanos) {
      sinceNanos = now;
      count = 0;
    }
    if (++count > most) {
      throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many %s", kind);
    }
  }
}
