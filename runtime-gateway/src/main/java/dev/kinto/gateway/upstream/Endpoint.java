package dev.kinto.gateway.upstream;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.http.IpAddress;
import dev.kinto.gateway.observe.UpstreamName;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One of the addresses that an origin's name stands for.
 *
 * @param origin the origin, with the name that requests and certificates go by
 * @param address where connections are made to
 * @param name what it is called: {@code http://shop:9001 at 10.0.0.5}, without the second half
 *     where the origin has no name
 */
record Endpoint(HttpOrigin origin, InetAddress address, UpstreamName name) {

  static Endpoint of(HttpOrigin origin, InetAddress address) {
    String ip = IpAddress.text(address);
    String text = origin.host().equals(ip) ? origin.toString() : origin + " at " + ip;
    return new Endpoint(origin, address, new UpstreamName(text, origin.host(), origin.port(), ip));
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, origin.port());
  }

  @Override
  public String toString() {
    return name.text();
  }
}
