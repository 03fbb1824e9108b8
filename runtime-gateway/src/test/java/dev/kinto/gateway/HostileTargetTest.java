package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every character that servers give a meaning in a path, in every encoding and place, is refused or
 * forwarded exactly as it was matched (contract C21). Beside the named examples of {@link
 * TargetTest}, these are counted out.
 */
class HostileTargetTest {
  private static RawUpstream upstream;
  private static TestGateway gateway;
  private static String token;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .service(
                TestManifest.of("m").route("GET /").route("GET /{rest*}").build(), upstream.uri())
            .publicRoutes("all")
            .start();
    token = gateway.token();
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    upstream.close();
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
    try (RawClient client = gateway.connect()) {
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
    try (RawClient client = gateway.connect()) {
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
      try (RawClient client = gateway.connect()) {
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

  /**
   * Overlong and wide forms of dots and slashes: a server that takes them for structure is beyond
   * help, but it sees the very bytes that were matched.
   */
  @Test
  void overlongFormsAreForwardedAsTheyCame() throws IOException {
    try (RawClient client = gateway.connect()) {
      for (String path :
          List.of(
              "/%c0%ae%c0%ae/a",
              "/%C0%AE",
              "/%e0%80%ae/a",
              "/%f0%80%80%ae/a",
              "/%f8%80%80%80%ae",
              "/%c0%af",
              "/%e0%80%af",
              "/%c0%5",
              "/%c1%9c",
              "/%c0%80",
              "/%ef%bc%8e%ef%bc%8e/a",
              "/%ef%bc%8f",
              "/%e2%88%95",
              "/%e2%80%a4",
              "/%c4%ae",
              "/%c5%9c",
              "/%ff%fe",
              "/%ed%a0%80")) {
        if (path.endsWith("%5")) {
          assertEquals("request-invalid", client.exchange(get("/m" + path)).code(), path);
        } else {
          assertForwarded(client, path);
        }
      }
    }
  }

  @Test
  void queriesAreForwardedAsTheyCameWhateverTheyEncode() throws IOException {
    try (RawClient client = gateway.connect()) {
      for (int octet = 0; octet < 0x100; octet++) {
        assertForwarded(client, "/a?x=%%%02x&y=../..//%%2525%02x".formatted(octet, octet));
      }
    }
  }

  @Test
  void formsThatAreNoPathAreRefused() throws IOException {
    for (String target :
        List.of(
            "*",
            "m",
            "m/a",
            ".",
            "..",
            "?",
            "%2fm/a",
            "http://test/m/a",
            "HTTP://test/m/a",
            "http:/m/a",
            "https://user:pass@test/m/a",
            "file:///m/a",
            "javascript:alert(1)",
            "test:80",
            "[::1]:80",
            "//test/m/a",
            "///m/a",
            "/\\m/a",
            "\\\\m\\a",
            "/%5cm/a",
            "/;/m/a",
            "/m;/a",
            "/m/..;/..;/a",
            "/m/a#",
            "#/m/a",
            "/m/a%",
            "/m/a%2",
            "/m/a%g0",
            "/m/a%0",
            "/m/%%32%65")) {
      try (RawClient client = gateway.connect()) {
        RawAnswer answer = client.exchange(get(target));
        assertEquals("request-invalid", answer.code(), target + " gave " + answer);
      }
    }
    assertTrue(upstream.received().isEmpty(), "nothing reached the upstream");
  }

  @Test
  void longTargetsAre414() throws IOException {
    for (int length : new int[] {9_000, 64 * 1024}) {
      for (String filling : List.of("a", "/a", "%2e", "/..", "?")) {
        try (RawClient client = gateway.connect()) {
          RawAnswer answer = client.exchange("GET /m/" + filling.repeat(length / filling.length()));
          assertEquals("target-too-long", answer.code(), answer.toString());
          assertTrue(client.ended());
        }
      }
    }
    assertTrue(upstream.received().isEmpty(), "nothing reached the upstream");
  }

  private static void assertForwarded(RawClient client, String path) throws IOException {
    RawAnswer answer = client.exchange(get("/m" + path));
    assertEquals(200, answer.status(), path + " gave " + answer);
    assertEquals("GET " + path + " HTTP/1.1", upstream.take().line());
  }

  private static String get(String target) {
    return "GET "
        + target
        + " HTTP/1.1\r\nHost: test\r\nKinto-Authorization: Bearer "
        + token
        + "\r\n\r\n";
  }
}
