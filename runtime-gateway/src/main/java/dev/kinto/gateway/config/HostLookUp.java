package dev.kinto.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells what the host of a listener stands for. */
@FunctionalInterface
interface HostLookUp {

  /**
   * The address.
   *
   * @param host an address, or a name
   * @throws UnknownHostException if nobody knows the name
   * @throws IllegalArgumentException that says why this host cannot be had
   */
  InetAddress addressOf(String host) throws UnknownHostException;
}
