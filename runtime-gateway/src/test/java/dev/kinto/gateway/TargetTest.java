package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.bearer;
import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A target is refused, or forwarded byte for byte as it was matched: the gateway and the
 * microservice never read it differently (contract C21). Confusing ones are named one by one; then
 * every character that servers give a meaning in a path is counted out, in every encoding and
 * place.
 */
@ParameterizedClass
@EnumSource
class TargetTest {
  private static RawUpstream upstream;
  private static TestGateway gateway;
  private static String token;

  @Parameter Protocol protocol;

  @BeforeParameterizedClassInvocation
  static void start(Protocol protocol, @TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(Files.createDirectories(folder.resolve(protocol.name())))
            .over(protocol)
            .service(
                TestManifest.of("m").route("GET /").route("GET /{rest*}").build(), upstream.uri())
            .publicRoutes("all")
            .start();
    token = gateway.token();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // dot segments, plain and encoded, once and twice
        "/m/.",
        "/m/..",
        "/m/./a",
        "/m/../a",
        "/m/a/.",
        "/m/a/..",
        "/m/a/../b",
        "/../m/a",
        "/./m/a",
        "/..",
        "/m/%2e",
        "/m/%2E%2e/a",
        "/m/.%2e/a",
        "/m/%2e./a",
        "/m/a%2eb",
        "/m/%252e%252e/a",
        "/m/%25252e/a",
        "/m/%25%32%65",
        "/m/%%32%65",
        "/m/%2%65",
        "/m/..;/a",
        "/m/..;/..;/a",
        "/m/.?a",
        "/m/..?a",
        // separators
        "//m/a",
        "//test/m/a",
        "//evil.example/m/a",
        "/m//a",
        "/m/a//",
        "/m//",
        "///",
        "///m/a",
        "/m/a%2fb",
        "/m/a%2Fb",
        "/m%2fa",
        "/%2fm/a",
        "/m/a%252fb",
        "/m/a%25252fb",
        "/m/a%25%32%66b",
        "/m/a\\b",
        "/m/..\\a",
        "\\m\\a",
        "\\\\m\\a",
        "/\\m/a",
        "/%5cm/a",
        "/m/a%5cb",
        "/m/a%5Cb",
        "/m/a%255cb",
        "/m/a;b",
        "/m/a;x=y/b",
        "/m;x/a",
        "/m;/a",
        "/;/m/a",
        "/m/a%3bb",
        "/m/a%3Bb",
        "/m/a%253bb",
        // control characters and broken escapes
        "/m/%00",
        "/m/a%00.html",
        "/m/%2500",
        "/m/a%0ab",
        "/m/a%0d%0aX:%20y",
        "/m/a%0db",
        "/m/a%09b",
        "/m/a%1fb",
        "/m/a%7f",
        "/m/a%250ab",
        "/m/a\u0001b",
        "/m/a\u007fb",
        "/m/a\tb",
        "/m/%",
        "/m/a%",
        "/m/a%4",
        "/m/a%0",
        "/m/a%2",
        "/m/a%g0",
        "/m/%c0%5",
        "/m/%zz",
        "/m/%4g",
        "/m/%u002e",
        "/m/%-1",
        "/m/%+1",
        // bytes outside ASCII
        "/m/\u00e9",
        "/m/\u00ff",
        "/m/a?q=\u00e9",
        // fragments
        "/m/a#",
        "/m/a#b",
        "/m/a?q#b",
        "/m/a?q#",
        "/m/#",
        "#",
        "#/m/a",
        // other forms
        "*",
        "m/a",
        "m",
        ".",
        "..",
        "?",
        "%2fm/a",
        "?q",
        "http://127.0.0.1/m/a",
        "http://evil.example/m/a",
        "https:/m/a",
        "http://test/m/a",
        "HTTP://test/m/a",
        "http:/m/a",
        "https://user:pass@test/m/a",
        "file:///m/a",
        "javascript:alert(1)",
        "test:80",
        "[::1]:80",
        "m:80",
        // queries
        "/m/a?q=\u0001",
        "/m/a?q=\t",
        "/m/a?q=\u007f",
        "/m/a?#"
      })
  void refusesWhatCouldBeReadInTwoWays(String target) throws IOException {
    try (TextClient client = gateway.client()) {
      RawAnswer answer = client.exchange(get(target));

      assertEquals(400, answer.status(), answer.toString());
      assertEquals("request-invalid", answer.code(), answer.toString());
      assertTrue(upstream.received().isEmpty(), "nothing reaches the upstream");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a",
        "/a/",
        "/a/b/c",
        "/?",
        "/a?",
        "/a/?",
        "/...",
        "/a..b",
        "/..a",
        "/.well-known/x",
        "/a.html",
        "/a%20b",
        "/a%41b",
        "/A%c3%A9",
        "/%ff",
        "/a%25",
        "/a%25b",
        "/a%2541",
        "/a%2520b",
        "/a%3Fb",
        "/a%23b",
        "/a+b",
        "/a:b@c!$&'()*,=~-_",
        "/a[1]|{b}\"<>^`",
        // overlong and wide forms of dots and slashes: a server that takes them for structure is
        // beyond help, but it sees the very bytes that were matched
        "/%c0%ae%c0%ae/a",
        "/%C0%AE",
        "/%e0%80%ae/a",
        "/%f0%80%80%ae/a",
        "/%f8%80%80%80%ae",
        "/%c0%af",
        "/%e0%80%af",
        "/%c1%9c",
        "/%c0%80",
        "/%ef%bc%8e%ef%bc%8e/a",
        "/%ef%bc%8f",
        "/%e2%88%95",
        "/%e2%80%a4",
        "/%c4%ae",
        "/%c5%9c",
        "/%ff%fe",
        "/%ed%a0%80",
        // queries
        "/a?q=1&q=2&Q=3",
        "/a?q=1%20HTTP/1.1%0d%0aauth-userId:%20666",
        "/a?q=%00%2e%2f%5c%zz%",
        "/a?[]",
        "/a?f[x]=1|2&g={\"k\":\"v\"}",
        "/a?../..//;\\",
        "/a?a?b?c",
        "/a??",
        "/a?=&&=",
        "/a?q=a+b",
        "/a?http://evil.example/",
        "/a?'`^<>~*"
      })
  void forwardsTheRestByteForByte(String target) throws IOException {
    try (TextClient client = gateway.client()) {
      assertForwarded(client, target);
    }
  }

  /** Control characters, and what means structure to one server or another. */
  private static List<Integer> structure() {
    List<Integer> octets = new ArrayList<>(IntStream.range(0, 0x20).boxed().toList());
    octets.add(0x7F);
    "/\\.;".chars().forEach(octets::add);
    return octets;
  }

  /** An octet encoded once, in both cases, and over again, whole and in its parts. */
  private static Stream<String> encodings(int octet) {
    String once = "%%%02x".formatted(octet);
    String digits = once.substring(1);
    String parts = "%%%02x%%%02x".formatted((int) digits.charAt(0), (int) digits.charAt(1));
    return Stream.of(
        once,
        once.toUpperCase(Locale.ROOT),
        "%25" + digits,
        "%2525" + digits,
        "%%%02x".formatted((int) '%') + parts,
        "%25%25" + "%32%35" + digits);
  }

  @Test
  void encodedStructureIsRefusedInEveryEncodingAndPlace() throws IOException {
    int tried = 0;
    try (TextClient client = gateway.client()) {
      for (int octet : structure()) {
        for (String encoded : encodings(octet).toList()) {
          for (String path :
              List.of(encoded, "a" + encoded + "b", "a/" + encoded, encoded + "/b")) {
            String target = "/m/" + path;
            RawAnswer answer = client.exchange(get(target));

            assertEquals("request-invalid", answer.code(), target + " gave " + answer);
            tried++;
          }
        }
      }
    }
    assertTrue(tried > 800, "tried " + tried);
    assertTrue(upstream.received().isEmpty(), "nothing reached the upstream");
  }

  @Test
  void everyOtherEncodedOctetIsForwardedAsItCame() throws IOException {
    List<Integer> structure = structure();
    try (TextClient client = gateway.client()) {
      for (int octet = 0; octet < 0x100; octet++) {
        if (!structure.contains(octet)) {
          assertForwarded(client, "/a%%%02Xb".formatted(octet));
        }
      }
    }
  }

  @Test
  void everyRawOctetIsRefusedOrForwardedAsItCame() throws IOException {
    for (int octet = 0; octet < 0x100; octet++) {
      boolean refused = octet <= 0x20 || octet >= 0x7F || "#\\;%".indexOf(octet) >= 0;
      String path = "/a" + (char) octet + "b";
      try (TextClient client = gateway.client()) {
        if (refused) {
          RawAnswer answer = client.exchange(get("/m" + path));
          assertEquals("request-invalid", answer.code(), octet + " gave " + answer);
        } else {
          assertForwarded(client, path);
        }
      }
    }
    assertTrue(upstream.received().isEmpty(), "nothing else reached the upstream");
  }

  @Test
  void queriesAreForwardedAsTheyCameWhateverTheyEncode() throws IOException {
    try (TextClient client = gateway.client()) {
      for (int octet = 0; octet < 0x100; octet++) {
        assertForwarded(client, "/a?x=%%%02x&y=../..//%%2525%02x".formatted(octet, octet));
      }
    }
  }

  /** HTTP/2 keeps nothing of a head that is too large as a whole, so it does not know why. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "/a", "%2e", "/..", "?"})
  void longTargetsAreRefused(String filling) throws IOException {
    String longest = protocol == Protocol.HTTP_2 ? "headers-too-large" : "target-too-long";
    try (TextClient client = gateway.client()) {
      assertEquals("target-too-long", client.exchange(get(longTarget(filling, 9_000))).code());
    }
    try (TextClient client = gateway.client()) {
      assertEquals(longest, client.exchange(get(longTarget(filling, 64 * 1024))).code());
    }
    assertTrue(upstream.received().isEmpty(), "nothing reached the upstream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?a=b"})
  void slashAfterTheMicroserviceMayBeLeftOut(String query) throws IOException {
    try (TextClient client = gateway.client()) {
      assertEquals(200, client.exchange(get("/m" + query)).status());
      assertEquals("GET /" + query + " HTTP/1.1", upstream.take().line());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/demo-web/m/../a",
        "/demo-web/%2e%2e/m/a",
        "/../demo-web/m/a",
        "/demo-web//m/a",
        "//demo-web/m/a",
        "/demo-web;x/m/a",
        "/demo-web/m/a%2fb",
        "/demo-web/m/a#b",
        "http://127.0.0.1/demo-web/m/a"
      })
  void publicListenerRefusesTheSame(String target) throws IOException {
    try (TextClient client = gateway.publicClient()) {
      RawAnswer answer = client.exchange("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");

      assertEquals(400, answer.status(), answer.toString());
      assertEquals("request-invalid", answer.code());
      assertTrue(upstream.received().isEmpty(), "nothing reaches the upstream");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a?", "/a%20b?q=%zz&{}|[]", "/a%25b"})
  void publicListenerForwardsTheRestByteForByte(String target) throws IOException {
    try (TextClient client = gateway.publicClient()) {
      RawAnswer answer =
          client.exchange("GET /demo-web/m" + target + " HTTP/1.1\r\nHost: test\r\n\r\n");

      assertEquals(200, answer.status(), answer.toString());
      assertEquals("GET " + target + " HTTP/1.1", upstream.take().line());
    }
  }

  @Test
  void encodedLettersAreNotTheMicroservicesName() throws IOException {
    try (TextClient client = gateway.client()) {
      RawAnswer answer = client.exchange(get("/%6d/a"));

      assertEquals("service-unknown", answer.code(), answer.toString());
    }
  }

  @Test
  void badTargetIsRefusedBeforeTheTokenIsAskedFor() throws IOException {
    try (TextClient client = gateway.client()) {
      RawAnswer answer = client.exchange("GET /m/../a HTTP/1.1\r\nHost: test\r\n\r\n");

      assertEquals("request-invalid", answer.code(), "contract C21a");
    }
  }

  private static String longTarget(String filling, int length) {
    return "/m/" + filling.repeat(length / filling.length());
  }

  private static void assertForwarded(TextClient client, String path) throws IOException {
    RawAnswer answer = client.exchange(get("/m" + path));
    assertEquals(200, answer.status(), path + " gave " + answer);
    assertEquals("GET " + path + " HTTP/1.1", upstream.take().line());
  }

  private static String get(String target) {
    return request("GET " + target, bearer(token));
  }
}
