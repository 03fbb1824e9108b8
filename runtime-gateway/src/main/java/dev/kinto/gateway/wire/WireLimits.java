package dev.kinto.gateway.wire;

/**
 * Sizes of a request's head that a listener accepts.
 *
 * @param maxTargetLength greatest length of the request line in bytes; 414 beyond
 * @param maxHeadersSize greatest size of all header lines together in bytes; 431 beyond
 */
public record WireLimits(int maxTargetLength, int maxHeadersSize) {
  /** 8 KiB for the request line, as RFC 9112 section 3 recommends, and 16 KiB for the headers. */
  public static final WireLimits DEFAULT = new WireLimits(8 * 1024, 16 * 1024);
}
