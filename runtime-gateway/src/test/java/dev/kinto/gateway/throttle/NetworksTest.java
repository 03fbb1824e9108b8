package dev.kinto.gateway.throttle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/** Contract C22: IPv6 by /64. */
class NetworksTest {
  @Test
  void allAddressesOfAnIpv6NetworkOf64BitsAreOne() {
    String network = Networks.of("2001:db8:1:2::1");
    assertEquals(network, Networks.of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertEquals(network, Networks.of("2001:0DB8:0001:0002:0:0:0:5"));
    assertNotEquals(network, Networks.of("2001:db8:1:3::1"));
  }

  @Test
  void anIpv4AddressIsItself() {
    assertEquals("192.0.2.1", Networks.of("192.0.2.1"));
    assertEquals("192.0.2.1", Networks.of("::ffff:192.0.2.1"));
    assertNotEquals(Networks.of("192.0.2.1"), Networks.of("192.0.2.2"));
  }

  @Test
  void whatIsNoAddressStandsForItself() {
    assertEquals("unknown", Networks.of("unknown"));
    assertEquals("fe80::1%eth:0", Networks.of("fe80::1%eth:0"));
  }
}
