package dev.kinto.gateway.http;

import java.util.Locale;

/**
 * Host and port of an address in one spelling, so that those that mean the same are equal (RFC
 * 3986, section 6.2; RFC 5952).
 *
 * @param host in lower case, an IPv6 address in brackets and in its one form
 * @param port as a text; empty if it is that of the scheme
 */
public record Authority(String host, String port) {

  /**
   * The authority of an http or https address.
   *
   * @param text host and perhaps port, without user information
   */
  public static Authority of(String text, boolean secure) {
    String authority = text.toLowerCase(Locale.ROOT);
    int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
    String host = colon < 0 ? authority : authority.substring(0, colon);
    String port = colon < 0 ? "" : authority.substring(colon + 1);
    return new Authority(inOneForm(host), port.equals(secure ? "443" : "80") ? "" : port);
  }

  private static String inOneForm(String host) {
    return host.startsWith("[") && host.endsWith("]")
        ? IpAddress.parse(host.substring(1, host.length() - 1))
            .map(address -> '[' + IpAddress.text(address) + ']')
            .orElse(host)
        : host;
  }
}
