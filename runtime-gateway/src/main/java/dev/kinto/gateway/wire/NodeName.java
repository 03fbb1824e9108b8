package dev.kinto.gateway.wire;

import java.net.InetAddress;
import java.util.Optional;

/**
 * How {@code X-Forwarded-For} and {@code Forwarded} name a client or a proxy (RFC 7239, section 6):
 * {@code 192.0.2.1}, {@code 192.0.2.1:4711}, {@code 2001:db8::1}, {@code [2001:db8::1]:4711}. Other
 * names, such as {@code unknown} or {@code _hidden}, are no addresses.
 */
final class NodeName {
  private NodeName() {}

  /** The address without its port, as Java writes it. */
  static Optional<String> address(String node) {
    return literal(withoutPort(node)).map(InetAddress::getHostAddress);
  }

  /** An address that is written out; no name is looked up. */
  static Optional<InetAddress> literal(String text) {
    if (!isFour(text) && !looksLikeSix(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether it is an IPv6 address, without brackets. */
  static boolean isSix(String text) {
    return looksLikeSix(text) && literal(text).isPresent();
  }

  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end > 0 && isPortOrNothing(node, end + 1) ? node.substring(1, end) : "";
    }
    int colon = node.indexOf(':');
    boolean withPort = colon > 0 && isFour(node.substring(0, colon));
    return withPort && isPortOrNothing(node, colon) ? node.substring(0, colon) : node;
  }

  private static boolean isPortOrNothing(String node, int from) {
    return node.substring(from).matches("(:[0-9]{1,5})?");
  }

  /** Four numbers: shorter forms, and zeros before a number, are read in different ways. */
  private static boolean isFour(String text) {
    return text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  }

  private static boolean looksLikeSix(String text) {
    return text.length() <= 45 && text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  }
}
