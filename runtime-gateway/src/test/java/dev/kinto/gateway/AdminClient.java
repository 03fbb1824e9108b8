package dev.kinto.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** An operator who asks the admin API. */
record AdminClient(URI address, String secret) {
  static final String SECRET = "the-secret-of-an-operator-0123456789abcdef";

  static AdminClient of(TestGateway gateway) {
    return new AdminClient(gateway.admin(), SECRET);
  }

  /** The answer to {@code METHOD /target}. */
  RawAnswer ask(String methodAndTarget) throws IOException {
    return askWith(methodAndTarget, "Authorization: Bearer " + secret);
  }

  /** The answer to the same with other header lines. */
  RawAnswer askWith(String methodAndTarget, String... lines) throws IOException {
    try (RawClient client = RawClient.to(address)) {
      return client.exchange(
          methodAndTarget
              + " HTTP/1.1\r\nHost: localhost\r\n"
              + String.join("", java.util.Arrays.stream(lines).map(line -> line + "\r\n").toList())
              + "\r\n");
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
