package dev.kinto.gateway.http;

import java.util.List;

/**
 * Who called, and what they called.
 *
 * @param address the client's IP address, with the PROXY protocol the announced one
 * @param proxies the addresses of the trusted proxies between the client and the gateway, in the
 *     order in which they were passed
 * @param host what the client called: a name or address, and perhaps a port
 * @param secure whether the client called by https
 * @param prefix what trusted proxies have taken off the path that the client called: empty, or
 *     segments that each follow a slash
 */
public record Caller(
    String address, List<String> proxies, String host, boolean secure, String prefix) {

  /** Somebody who called the gateway itself. */
  public static Caller direct(String address, String host, boolean secure) {
    return new Caller(address, List.of(), host, secure, "");
  }

  /** The same, who called below a prefix that the proxies have taken off. */
  Caller below(String takenOff) {
    return new Caller(address, proxies, host, secure, takenOff);
  }

  /** Whether a page of this origin is one of the address that was called (RFC 6454, section 6). */
  public boolean calledItsOwn(String origin) {
    String before = scheme() + "://";
    return origin.regionMatches(true, 0, before, 0, before.length())
        && Authority.of(origin.substring(before.length()), secure)
            .equals(Authority.of(host, secure));
  }

  /** The scheme that was called. */
  public String scheme() {
    return secure ? "https" : "http";
  }
}
