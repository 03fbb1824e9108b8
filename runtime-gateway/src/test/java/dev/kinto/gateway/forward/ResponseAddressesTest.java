package dev.kinto.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kinto.gateway.config.HttpOrigin;
import dev.kinto.gateway.http.Caller;
import dev.kinto.gateway.http.HeaderLine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which references in an answer point to the upstream that gave it (contract C33; RFC 3986, section
 * 6.2): those that only an upstream on a well-known port shows. AnswerHeadTest has the others.
 */
class ResponseAddressesTest {
  private static final Caller CALLER = new Caller("192.0.2.1", List.of(), "api.example", true, "");

  @ParameterizedTest
  @CsvSource({
    "http://shop.internal, http://shop.internal/a, https://api.example/shop/a",
    "http://shop.internal, http://shop.internal:80/a, https://api.example/shop/a",
    "http://shop.internal:80, http://shop.internal/a, https://api.example/shop/a",
    "http://shop.internal, //shop.internal:80/a, https://api.example/shop/a",
    "https://shop.internal, https://shop.internal:443/a, https://api.example/shop/a",
    "https://shop.internal:443, //shop.internal?q, https://api.example/shop?q",
    "http://shop.internal, HTTP://Shop.Internal/a, https://api.example/shop/a",
    "http://[::1], http://[::1]:80/a, https://api.example/shop/a",
    "http://[::1], http://[0:0:0:0:0:0:0:1]/a, https://api.example/shop/a",
    "http://[2001:DB8::0:1]:8080, https://[2001:db8::1]:8080/a, https://api.example/shop/a",
    "http://[::1], http://[::2]/a, http://[::2]/a",
    "http://shop.internal, http://shop.internal:443/a, http://shop.internal:443/a",
    "https://shop.internal, https://shop.internal:80/a, https://shop.internal:80/a",
    "https://shop.internal, http://shop.internal/a, https://api.example/shop/a",
    "http://shop.internal, https://shop.internal/a, https://api.example/shop/a",
    "http://shop.internal, https://shop.internal:443/a, https://api.example/shop/a",
    "http://shop.internal:8080, https://shop.internal:8080/a, https://api.example/shop/a",
    "http://shop.internal:8080, https://shop.internal/a, https://shop.internal/a",
    "http://shop.internal:8080, http://shop.internal/a, http://shop.internal/a",
    "http://shop.internal:8080, http://shop.internal:80/a, http://shop.internal:80/a",
    "http://[::1], http://[::1:80]/a, http://[::1:80]/a"
  })
  void portOfTheSchemeMayBeLeftOutOrSaid(String upstream, String location, String forClients) {
    ResponseAddresses addresses =
        new ResponseAddresses(
            List.of(HttpOrigin.parse(upstream).orElseThrow()),
            path -> true,
            CALLER,
            new PathPrefix("/shop"),
            "/shop/x");

    for (String name : List.of("Location", "Content-Location")) {
      assertEquals(forClients, addresses.rewrite(HeaderLine.of(name, location)).value());
    }
  }
}
