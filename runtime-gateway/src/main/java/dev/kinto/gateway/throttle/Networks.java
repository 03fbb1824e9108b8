package dev.kinto.gateway.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * What an address counts as: an IPv4 address for itself, an IPv6 address for its network of 64
 * bits, all of which one subscriber may use as he likes (RFC 6177; contract C22).
 */
public final class Networks {
  private static final int NETWORK_BYTES = 8;

  private Networks() {}

  /**
   * The network of an address.
   *
   * @param address an IP address as text; what is none stands for itself
   */
  public static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES)
          : parsed.getHostAddress();
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
