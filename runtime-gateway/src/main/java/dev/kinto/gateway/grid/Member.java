package dev.kinto.gateway.grid;

/**
 * Where nodes of a grid are to be found.
 *
 * @param host a name, of one node or of several, or an address
 * @param port the port that they all have
 */
public record Member(String host, int port) {
  private static final int MOST_PORT = 65535;

  /**
   * Reads {@code name:port}, {@code 10.0.0.5:port} or {@code [2001:db8::5]:port}.
   *
   * @throws IllegalArgumentException that says what is wanted
   */
  public static Member parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw wrong();
    }
    if (!host.matches("[A-Za-z0-9._:%-]+")) {
      throw wrong();
    }
    return new Member(host, port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw wrong();
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > MOST_PORT) {
      throw wrong();
    }
    return port;
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "a host and a port are wanted, for instance \"gateway-0.internal:47500\" or"
            + " \"[2001:db8::5]:47500\".");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
