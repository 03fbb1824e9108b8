package dev.kinto.gateway.upstream;

import java.security.Security;

/** The JVM's own memory of what names stand for. */
public final class NameCache {
  private NameCache() {}

  /**
   * Has each look-up ask: names are looked up as often as the configuration says (contract C34),
   * and the JVM would give the same answer for 30 seconds. To be called before the first look-up,
   * after which the JVM does not read these properties again.
   */
  public static void turnOff() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }
}
