package dev.kinto.gateway.http;

/** What may stand in {@code Host}: a name or address with an optional port (RFC 9110, 7.2). */
public final class HostField {
  private static final int MAX_PORT_DIGITS = 5;
  public static final int MAX_PORT = 65_535;

  private HostField() {}

  public static boolean isHost(String value) {
    boolean address = value.startsWith("[");
    int end = address ? value.indexOf(']') + 1 : value.indexOf(':');
    int hostEnd = end < 0 ? value.length() : end;
    boolean named =
        hostEnd > 0
            && (address
                ? IpAddress.isSix(value.substring(1, hostEnd - 1))
                : isName(value, hostEnd));
    return named && (hostEnd == value.length() || isPort(value, hostEnd));
  }

  private static boolean isName(String value, int end) {
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (!isLetterOrDigit(c) && ".-_~".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPort(String value, int colon) {
    if (value.charAt(colon) != ':' || value.length() - colon - 1 > MAX_PORT_DIGITS) {
      return false;
    }
    int port = 0;
    for (int i = colon + 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + c - '0';
    }
    return port <= MAX_PORT;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
