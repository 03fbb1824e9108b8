package dev.kinto.gateway.http;

import java.util.Locale;

/** What a client called, without the port (RFC 9110, section 7.2). */
public final class HostName {
  private HostName() {}

  /** The name or address in {@code Host}, in lower case, without port and the root's dot. */
  public static String of(String host) {
    int port = host.indexOf(':', host.lastIndexOf(']') + 1);
    return withoutRoot((port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT));
  }

  /** The same name without the dot of the root. */
  static String withoutRoot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Whether it is an address, which no DNS gives to anybody; of IPv6 in brackets. */
  public static boolean isAddress(String name) {
    return name.startsWith("[") || IpAddress.parse(name).isPresent();
  }
}
