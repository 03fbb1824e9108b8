package dev.kinto.gateway.upstream;

import java.util.Locale;

/**
 * Host and port of an address in one spelling, so that those that mean the same are equal (RFC
 * 3986, section 6.2).
 *
 * @param host in lower case, an IPv6 address in brackets
 * @param port as a text; empty if it is that of the scheme
 */
record Authority(String host, String port) {

  /** The authority of an http or https address; user information is no part of it. */
  static Authority of(String text, boolean secure) {
    String authority = text.substring(text.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
    String host = colon < 0 ? authority : authority.substring(0, colon);
    String port = colon < 0 ? "" : authority.substring(colon + 1);
    return new Authority(host, port.equals(secure ? "443" : "80") ? "" : port);
  }
}
