package dev.kinto.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses of the machine that the gateway runs on. */
final class Hosts {
  private Hosts() {}

  /**
   * An address, or a name of one, that others may be told.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String own(String text) {
    try {
      InetAddress address = InetAddress.getByName(text);
      if (address.isAnyLocalAddress()) {
        throw new IllegalArgumentException(
            "the others are told this address, so one of this machine is wanted, not all.");
      }
      return text;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("this name has no address.", e);
    }
  }

  /** Whether only this machine reaches it. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
