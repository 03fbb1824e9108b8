package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.http.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One of the addresses that an origin's name stands for.
 *
 * @param origin the origin, with the name that requests and certificates go by
 * @param address where connections are made to
 */
record Endpoint(HttpOrigin origin, InetAddress address) {

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, origin.port());
  }

  /** For the log: {@code http://shop:9001 at 10.0.0.5}. */
  @Override
  public String toString() {
    return origin + " at " + IpAddress.text(address);
  }
}
