package dev.kinto.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host is (contract C34). */
class HttpOriginTest {
  @ParameterizedTest
  @CsvSource({
    "http://shop, shop, 80, shop",
    "https://shop, shop, 443, shop",
    "http://shop_orders:9001, shop_orders, 9001, shop_orders:9001",
    "http://_http._tcp.shop:9001, _http._tcp.shop, 9001, _http._tcp.shop:9001",
    "http://1and1.example, 1and1.example, 80, 1and1.example",
    "http://shop-:1, shop-, 1, shop-:1",
    "HTTP://Shop.Example:80, shop.example, 80, shop.example:80",
    "http://shop.default.svc.cluster.local.:80, shop.default.svc.cluster.local., 80,"
        + " shop.default.svc.cluster.local.:80",
    "https://xn--bcher-kva.example, xn--bcher-kva.example, 443, xn--bcher-kva.example",
    "http://127.0.0.1:9001, 127.0.0.1, 9001, 127.0.0.1:9001",
    "http://[::1]:9001, ::1, 9001, [::1]:9001",
    "http://[2001:DB8::1], 2001:db8::1, 80, [2001:db8::1]",
    "http://[fe80::1%25eth0]:9001, fe80::1%eth0, 9001, [fe80::1]:9001",
    "http://[fe80::1%Eth0]:9001, fe80::1%Eth0, 9001, [fe80::1]:9001",
  })
  void hostsAreWhatResolversKnow(String text, String host, int port, String authority) {
    HttpOrigin origin = HttpOrigin.parse(text).orElseThrow();

    assertEquals(text.startsWith("https"), origin.secure());
    assertEquals(host, origin.host());
    assertEquals(port, origin.port());
    assertEquals(authority, origin.authority());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop",
        "shop:9001",
        "ftp://shop",
        "http://",
        "http://:9001",
        "http://shop:",
        "http://shop:0",
        "http://shop:65536",
        "http://shop:9001/path",
        "http://shop?query",
        "http://shop#fragment",
        "http://user@shop",
        "http://sh op",
        "http://b\u00FCcher.example",
        "http://shop..example",
        "http://.shop",
        "http://shop%2e",
        "http://[::1",
        "http://::1",
        "http://[127.0.0.1]",
        "http://[::g]",
        "http://127.1",
        "http://2130706433",
        "http://0x7f.0.0.1x.0x1",
        "http://256.0.0.1",
        "http://1.2.3.4.5",
        "http://shop\r\nHost: x"
      })
  void everythingElseIsRefused(String text) {
    assertEquals(Optional.empty(), HttpOrigin.parse(text));
  }

  @Test
  void certificatesNameNoRootAndNoZone() {
    assertEquals("shop.example", HttpOrigin.parse("https://shop.example.").orElseThrow().tlsName());
    assertEquals("fe80::1", HttpOrigin.parse("https://[fe80::1%25e]").orElseThrow().tlsName());
  }
}
