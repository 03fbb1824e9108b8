package dev.kinto.gateway.observe;

/**
 * What an upstream is called wherever it is told of.
 *
 * @param text for people: {@code http://shop:9001 at 10.0.0.5}
 * @param host the name or address of its origin, of IPv6 without brackets
 * @param port its port
 * @param address the IP address that connections are made to
 */
public record UpstreamName(String text, String host, int port, String address) {
  /** That of a request for which none was called. */
  public static final UpstreamName NONE = new UpstreamName("", "", 0, "");

  /** Whether none was called. */
  public boolean isNone() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return text;
  }
}
