package dev.kinto.gateway.wire;

/** What may stand in {@code Host}: a name or address with an optional port (RFC 9110, 7.2). */
final class HostField {
  private static final int MAX_PORT_DIGITS = 5;

  private HostField() {}

  static boolean isHost(String value) {
    boolean address = value.startsWith("[");
    int end = address ? value.indexOf(']') + 1 : value.indexOf(':');
    int hostEnd = end < 0 ? value.length() : end;
    String allowed = address ? "[]:." : ".-_~";
    for (int i = 0; i < hostEnd; i++) {
      char c = value.charAt(i);
      if (!isLetterOrDigit(c) && allowed.indexOf(c) < 0) {
        return false;
      }
    }
    return hostEnd > 0 && (hostEnd == value.length() || isPort(value, hostEnd));
  }

  private static boolean isPort(String value, int colon) {
    boolean port = value.charAt(colon) == ':' && value.length() - colon - 1 <= MAX_PORT_DIGITS;
    for (int i = colon + 1; i < value.length(); i++) {
      port &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    return port;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
