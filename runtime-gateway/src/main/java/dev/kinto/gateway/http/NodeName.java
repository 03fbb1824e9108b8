package dev.kinto.gateway.http;

import java.util.Optional;

/**
 * How {@code X-Forwarded-For} and {@code Forwarded} name a client or a proxy (RFC 7239, section 6):
 * {@code 192.0.2.1}, {@code 192.0.2.1:4711}, {@code 2001:db8::1}, {@code [2001:db8::1]:4711}. Other
 * names, such as {@code unknown} or {@code _hidden}, are no addresses.
 */
final class NodeName {
  private NodeName() {}

  /** The address without its port, in its one text. */
  static Optional<String> address(String node) {
    return IpAddress.parse(withoutPort(node)).map(IpAddress::text);
  }

  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end > 0 && isPortOrNothing(node, end + 1) ? node.substring(1, end) : "";
    }
    int colon = node.indexOf(':');
    boolean withPort = colon > 0 && IpAddress.isFour(node.substring(0, colon));
    return withPort && isPortOrNothing(node, colon) ? node.substring(0, colon) : node;
  }

  private static boolean isPortOrNothing(String node, int from) {
    return node.substring(from).matches("(:[0-9]{1,5})?");
  }
}
