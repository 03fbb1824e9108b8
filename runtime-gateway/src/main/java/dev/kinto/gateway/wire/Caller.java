package dev.kinto.gateway.wire;

import java.util.List;

/**
 * Who called, and what they called.
 *
 * @param address the client's IP address, with the PROXY protocol the announced one
 * @param proxies the addresses of the trusted proxies between the client and the gateway, in the
 *     order in which they were passed
 * @param host what the client called: a name or address, and perhaps a port
 * @param secure whether the client called by https
 */
public record Caller(String address, List<String> proxies, String host, boolean secure) {

  /** Somebody who called the gateway itself. */
  static Caller direct(String address, String host, boolean secure) {
    return new Caller(address, List.of(), host, secure);
  }

  /** The scheme that was called. */
  public String scheme() {
    return secure ? "https" : "http";
  }
}
