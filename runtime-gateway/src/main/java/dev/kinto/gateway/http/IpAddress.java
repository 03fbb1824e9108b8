package dev.kinto.gateway.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** IP addresses as text: IPv4 in four numbers, IPv6 in the form of RFC 5952, without a zone. */
public final class IpAddress {
  private static final int GROUPS = 8;

  private IpAddress() {}

  /** An address that is written out; no name is looked up. */
  public static Optional<InetAddress> parse(String text) {
    if (!isFour(text) && !looksLikeSix(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Four numbers: shorter forms, and zeros before a number, are read in different ways. */
  static boolean isFour(String text) {
    return text.length() <= 15 && text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  }

  /** Whether it is an IPv6 address, without brackets. */
  static boolean isSix(String text) {
    return looksLikeSix(text) && parse(text).isPresent();
  }

  private static boolean looksLikeSix(String text) {
    return text.length() <= 45 && text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  }

  /** The one text of an address. */
  public static String text(InetAddress address) {
    return address instanceof Inet6Address six ? text(six) : address.getHostAddress();
  }

  private static String text(Inet6Address address) {
    byte[] bytes = address.getAddress();
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = ((bytes[2 * i] & 0xFF) << 8) | (bytes[2 * i + 1] & 0xFF);
    }
    int zeros = longestZeros(groups);
    int length = zerosFrom(groups, zeros);
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (length > 1 && i == zeros) {
        text.append("::");
        i += length - 1;
      } else {
        boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** Where the longest run of zeros begins, the first of several (RFC 5952, section 4.2.3). */
  private static int longestZeros(int[] groups) {
    int longest = 0;
    for (int i = 1; i < GROUPS; i++) {
      if (zerosFrom(groups, i) > zerosFrom(groups, longest)) {
        longest = i;
      }
    }
    return longest;
  }

  private static int zerosFrom(int[] groups, int start) {
    int end = start;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }
}
