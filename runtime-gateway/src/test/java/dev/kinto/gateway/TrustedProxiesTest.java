package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What listed proxies say of the client is believed, as far as they can know it (contract C31).
 * Tests of what others say are in {@link ForwardedHeadersTest}.
 */
class TrustedProxiesTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .set("trustedProxies", List.of("127.0.0.1", "10.0.0.0/8", "fd00::/8"))
                  .service(TestManifest.of("a").route("GET /x").build(), upstream.uri())
                  .publicRoutes("all"));

  private static final RawUpstream upstream = gateway.upstream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1                        | 192.0.2.1, 127.0.0.1",
        "192.0.2.1:4711                   | 192.0.2.1, 127.0.0.1",
        "6.6.6.6, 192.0.2.1               | 192.0.2.1, 127.0.0.1",
        "6.6.6.6, 192.0.2.1, 10.1.2.3     | 192.0.2.1, 10.1.2.3, 127.0.0.1",
        "10.9.9.9, 192.0.2.1,,10.1.2.3    | 192.0.2.1, 10.1.2.3, 127.0.0.1",
        "10.9.9.9, 10.1.2.3               | 10.9.9.9, 10.1.2.3, 127.0.0.1",
        "2001:db8::1                      | 2001:db8::1, 127.0.0.1",
        "[2001:db8::1]:80, fd00::1        | 2001:db8::1, fd00::1, 127.0.0.1",
        "::ffff:192.0.2.1                 | 192.0.2.1, 127.0.0.1",
        "unknown                          | 127.0.0.1",
        "192.0.2.1, unknown               | 127.0.0.1",
        "192.0.2.1, 10.1.2.3, 10.0.0.256  | 127.0.0.1",
        "127.1                            | 127.0.0.1",
        "010.0.0.1                        | 127.0.0.1",
        "0x7f000001                       | 127.0.0.1",
        "fe80::1%eth0                     | 127.0.0.1",
        "localhost                        | 127.0.0.1",
        "192.0.2.1:x                      | 127.0.0.1",
        "[2001:db8::1                     | 127.0.0.1",
        "\"192.0.2.1\"                    | 127.0.0.1",
        "\", 192.0.2.1                    | 192.0.2.1, 127.0.0.1",
        "\"6.6.6.6, 192.0.2.1             | 192.0.2.1, 127.0.0.1",
        "\"6.6.6.6, 6.6.6.6\", 192.0.2.1  | 192.0.2.1, 127.0.0.1",
        "\\\", 192.0.2.1, 10.1.2.3        | 192.0.2.1, 10.1.2.3, 127.0.0.1",
        "192.0.2.1, \", 10.1.2.3          | 10.1.2.3, 127.0.0.1",
        "2001:DB8:0:0:1:0:0:1             | 2001:db8::1:0:0:1, 127.0.0.1",
        "2001:db8:0:1:1:1:1:1             | 2001:db8:0:1:1:1:1:1, 127.0.0.1",
        "0:0:1:0:0:0:0:0                  | 0:0:1::, 127.0.0.1",
        "0:0:0:0:0:0:0:0                  | ::, 127.0.0.1",
        "64:ff9b::192.0.2.1               | 64:ff9b::c000:201, 127.0.0.1",
      })
  void clientIsTheLastAddressThatIsNoTrustedProxys(String field, String heard) throws IOException {
    RawRequest received = received("X-Forwarded-For: " + field + "\r\n");

    assertEquals(List.of(heard), received.all("x-forwarded-for"));
    String client = heard.replaceFirst(",.*", "");
    String node = client.contains(":") ? "\"[" + client + "]\"" : client;
    String forwarded = received.header("forwarded").orElseThrow();
    assertEquals("for=" + node, forwarded.replaceFirst(";.*", ""));
  }

  @Test
  void severalLinesAreOneList() throws IOException {
    RawRequest received =
        received("X-Forwarded-For: 6.6.6.6, 192.0.2.1\r\nx-forwarded-for: 10.1.2.3\r\n");

    assertEquals(List.of("192.0.2.1, 10.1.2.3, 127.0.0.1"), received.all("x-forwarded-for"));
    assertEquals(
        List.of("for=192.0.2.1;host=\"test\";proto=http, for=10.1.2.3, for=127.0.0.1"),
        received.all("forwarded"));
  }

  @Test
  void nearestProxySaysWhatTheClientCalled() throws IOException {
    RawRequest received =
        received(
            "X-Forwarded-Host: evil.example, api.example.com:8443\r\n"
                + "X-Forwarded-Proto: http, HTTPS\r\nX-Forwarded-Port: 1\r\n"
                + "X_Forwarded_Host: folded\r\nX-Forwarded-Prefix: /p\r\n");

    assertEquals(
        List.of("api.example.com:8443"),
        received.folded("x-forwarded-host").stream()
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .toList());
    assertEquals(List.of("https"), received.all("x-forwarded-proto"));
    assertEquals(List.of(), received.all("x-forwarded-port"));
    assertEquals(List.of("/p/demo-web/a"), received.all("x-forwarded-prefix"));
    assertEquals(
        List.of("for=127.0.0.1;host=\"api.example.com:8443\";proto=https"),
        received.all("forwarded"));
    assertEquals(upstream.authority(), received.header("host").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host: a b\r\nX-Forwarded-Proto: ftp\r\n",
        "X-Forwarded-Host: a\"b\r\nX-Forwarded-Proto: https;\r\n",
        "X-Forwarded-Host: a/b@c\r\nX-Forwarded-Proto: javascript\r\n",
        "X-Forwarded-Host: ,\r\nX-Forwarded-Proto:\r\n",
        "Forwarded: for=;host=\"a b\";proto=x\r\n",
        "Forwarded: ;;=,,\"\r\n",
        "Forwarded: \"for=192.0.2.1;proto=https\r\n",
      })
  void whatMakesNoSenseIsPassedOver(String fields) throws IOException {
    RawRequest received = received(fields);

    assertEquals(List.of("test"), received.all("x-forwarded-host"));
    assertEquals(List.of("http"), received.all("x-forwarded-proto"));
    assertEquals(List.of("for=127.0.0.1;host=\"test\";proto=http"), received.all("forwarded"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=192.0.2.1;proto=https;host=api.example.com |"
            + " for=192.0.2.1;host=\"api.example.com\";proto=https, for=127.0.0.1",
        "For=\"[2001:db8::1]:80\";Proto=https |"
            + " for=\"[2001:db8::1]\";host=\"test\";proto=https, for=127.0.0.1",
        "for=6.6.6.6;host=evil, for=192.0.2.1;host=\"h:1\";proto=https,"
            + " for=10.1.2.3;host=inner;proto=http| for=192.0.2.1;host=\"h:1\";proto=https,"
            + " for=10.1.2.3, for=127.0.0.1",
        "for=192.0.2.1;host=\"a b\" | for=192.0.2.1;host=\"test\";proto=http, for=127.0.0.1",
        "for=192.0.2.1;host=\"a\\\"b\";proto=ftp | for=127.0.0.1;host=\"test\";proto=http",
        "for=192.0.2.1;host=\"a\"b\";proto=ftp | for=127.0.0.1;host=\"test\";proto=http",
        "for=192.0.2.1;for=192.0.2.2 | for=127.0.0.1;host=\"test\";proto=http",
        "for=\", for=192.0.2.1;proto=https |"
            + " for=192.0.2.1;host=\"test\";proto=https, for=127.0.0.1",
        "for=\", for=\"192.0.2.1\";host=\"h:1\" |"
            + " for=192.0.2.1;host=\"h:1\";proto=http, for=127.0.0.1",
        "for=\"\\, for=192.0.2.1;host=\"h:1\" |"
            + " for=192.0.2.1;host=\"h:1\";proto=http, for=127.0.0.1",
        "for=6.6.6.6;x=\", for=192.0.2.1, for=10.1.2.3;by=\"a,b;c\" |"
            + " for=192.0.2.1;host=\"test\";proto=http, for=10.1.2.3, for=127.0.0.1",
        "for=192.0.2.1;host= | for=192.0.2.1;host=\"test\";proto=http, for=127.0.0.1",
        "for=192.0.2.1;proto=https, for=_hidden | for=127.0.0.1;host=\"test\";proto=http",
      })
  void forwardedIsReadWhereThereIsNothingElse(String field, String heard) throws IOException {
    assertEquals(List.of(heard), received("Forwarded: " + field + "\r\n").all("forwarded"));
    assertEquals(
        List.of("198.51.100.7, 127.0.0.1"),
        received("X-Forwarded-For: 198.51.100.7\r\nForwarded: " + field + "\r\n")
            .all("x-forwarded-for"),
        "a proxy that writes the one may pass on what the client wrote in the other");
  }

  /** A list of what each proxy took off; the client's own word before them is not read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/p                  | /p",
        "/p/q/               | /p/q",
        "/p/$-._~!&'()*+=:@  | /p/$-._~!&'()*+=:@",
        "/                   | ''",
        "/evil, /p           | /p",
        "/p,                 | /p",
        "//evil.example      | ''",
        "/\\evil.example     | ''",
        "/p/../q             | ''",
        "/p//q               | ''",
        "/./p                | ''",
        "/p%2f%2e            | ''",
        "/p?q                | ''",
        "/p#f                | ''",
        "/p;a=b              | ''",
        "/p q                | ''",
        "/p<x>               | ''",
        "p                   | ''",
        "https://evil/p      | ''",
      })
  void prefixThatTheProxyTookOffIsPutBefore(String field, String prefix) throws IOException {
    RawRequest received =
        received("X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Prefix: " + field + "\r\n");

    assertEquals(List.of(prefix + "/demo-web/a"), received.all("x-forwarded-prefix"));
  }

  @Test
  void prefixesOfSeveralProxiesAreOne() throws IOException {
    String proxies = "X-Forwarded-For: 192.0.2.1, 10.1.2.3\r\n";
    String lines = "X-Forwarded-Prefix: /evil, /outer\r\nX-Forwarded-Prefix: /inner\r\n";

    assertEquals(
        List.of("/outer/inner/demo-web/a"), received(proxies + lines).all("x-forwarded-prefix"));
    assertEquals(
        List.of("for=192.0.2.1;host=\"test\";proto=https, for=127.0.0.1"),
        received("Forwarded: for=192.0.2.1;proto=https\r\nX-Forwarded-Prefix: /p\r\n")
            .all("forwarded"),
        "the prefix says nothing of who called");
  }

  @ParameterizedTest
  @CsvSource({"https, https", "wss, https", "WSS, https", "http, http", "ws, http"})
  void schemeOfAWebSocketIsThatOfItsHandshake(String proto, String scheme) throws IOException {
    String page = "Origin: " + scheme + "://api.example.com\r\n";
    String called = "X-Forwarded-Proto: " + proto + "\r\nX-Forwarded-Host: api.example.com\r\n";

    assertEquals(List.of(scheme), received(page + called).all("x-forwarded-proto"));
    String forwarded = "Forwarded: for=192.0.2.1;host=api.example.com;proto=" + proto + "\r\n";
    assertEquals(List.of(scheme), received(page + forwarded).all("x-forwarded-proto"));
  }

  @Test
  void locationBeginsWithWhatTheClientCalled() throws IOException {
    upstream.answers(
        "HTTP/1.1 302 Found\r\nLocation: " + upstream.uri() + "/y\r\nContent-Length: 0\r\n\r\n");
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(
          Optional.of("https://api.example.com/demo-web/a/y"),
          client
              .exchange(
                  request("X-Forwarded-Proto: https\r\nX-Forwarded-Host: api.example.com\r\n"))
              .header("location"));
    }
  }

  /** The proxy took a prefix off, and the gateway another: both are put back, once. */
  @ParameterizedTest
  @CsvSource({
    "Location, /y, /p/demo-web/a/y",
    "Location, /p/demo-web/a/y, /p/demo-web/a/y",
    "Location, https://api.example.com/y, https://api.example.com/p/demo-web/a/y",
    "Location, https://api.example.com/p/demo-web/a/y, https://api.example.com/p/demo-web/a/y",
    "Location, http://api.example.com/y, https://api.example.com/p/demo-web/a/y",
    "Location, https://api.example.com:443/y, https://api.example.com:443/p/demo-web/a/y",
    "Location, https://api.example.com:8443/y, https://api.example.com:8443/y",
    "Link, </y>; rel=next, </p/demo-web/a/y>; rel=next",
    "Set-Cookie, a=1; Path=/, a=1; Path=/p/demo-web/a",
    "Set-Cookie, a=1; Path=/p/demo-web/a/, a=1; Path=/p/demo-web/a",
    "Set-Cookie, a=1, a=1",
  })
  void prefixesComeBackOnce(String name, String value, String forTheClient) throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\n" + name + ": " + value + "\r\nContent-Length: 0\r\n\r\n");
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(
          Optional.of(forTheClient),
          client
              .exchange(
                  request(
                      "X-Forwarded-Proto: https\r\nX-Forwarded-Host: api.example.com\r\n"
                          + "X-Forwarded-Prefix: /p\r\n"))
              .header(name));
    }
  }

  @Test
  void pageOfTheAddressThatWasCalledNeedsNoListing() throws IOException {
    String page = "Origin: https://api.example.com\r\n";
    String called = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: api.example.com\r\n";
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(200, client.exchange(request(page + called)).status());
      assertEquals("origin-not-allowed", client.exchange(request(page)).code());
      String inner = "Origin: http://test\r\n";
      assertEquals("origin-not-allowed", client.exchange(request(inner + called)).code());
    }
  }

  private static RawRequest received(String fields) throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      assertEquals(200, client.exchange(request(fields)).status());
    }
    return upstream.take();
  }

  private static String request(String fields) {
    return "GET /demo-web/a/x HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n";
  }
}
