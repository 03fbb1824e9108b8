package dev.kinto.gateway.config;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3).
 *
 * @param first the first address of the range
 * @param prefixLength how many of its leading bits all addresses of the range have
 */
public record AddressRange(InetAddress first, int prefixLength) {

  /** Checks the length, and that no bit behind it is set. */
  public AddressRange {
    int bits = first.getAddress().length * 8;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException("a prefix length from 0 to " + bits + " is wanted.");
    }
    byte[] masked = masked(first.getAddress(), prefixLength);
    if (!Arrays.equals(masked, first.getAddress())) {
      throw new IllegalArgumentException(
          "bits behind the prefix are set; for one address leave \"/\" and what follows out.");
    }
  }

  /** Parses {@code 10.0.0.0/8}, {@code fd00::/8}, or an address alone. */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * 8;
    return new AddressRange(address, slash < 0 ? bits : length(text.substring(slash + 1)));
  }

  private static InetAddress literal(String text) {
    boolean four = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    boolean six = text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    try {
      if (four || six) {
        return InetAddress.ofLiteral(text);
      }
    } catch (IllegalArgumentException e) {
      // said below, with the same words
    }
    throw wanted();
  }

  private static int length(String text) {
    if (!text.matches("[0-9]{1,3}")) {
      throw wanted();
    }
    return Integer.parseInt(text);
  }

  private static IllegalArgumentException wanted() {
    return new IllegalArgumentException(
        "an IP address or a range is wanted: \"127.0.0.1\", \"10.0.0.0/8\" or \"fd00::/8\".");
  }

  /** Whether the address is in it; one of the other version never is. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == first.getAddress().length
        && Arrays.equals(masked(bytes, prefixLength), first.getAddress());
  }

  private static byte[] masked(byte[] address, int prefixLength) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(prefixLength - 8L * i, 0, 8);
      masked[i] &= (byte) (0xFF00 >> kept);
    }
    return masked;
  }
}
