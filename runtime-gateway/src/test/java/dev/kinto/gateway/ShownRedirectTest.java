package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redirects, as pages ask for them that follow them by themselves. */
class ShownRedirectTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("m")
                          .route("POST /login")
                          .writes("m-user")
                          .rotatesToken()
                          .build(),
                      upstream.uri())
                  .clientKey("allowedOrigins", List.of("https://shop.example")));

  private static final RawUpstream upstream = gateway.upstream();

  private static RawAnswer logIn(String answer, String lines) throws IOException {
    upstream.answers(answer);
    return gateway.exchange(
        "POST /m/login HTTP/1.1\r\nHost: h\r\nOrigin: https://shop.example\r\n"
            + lines
            + "Kinto-Authorization: Bearer "
            + gateway.token()
            + "\r\nContent-Length: 0\r\n\r\n");
  }

  private static final String REDIRECT =
      "HTTP/1.1 303 See Other\r\nLocation: /home\r\nm-user: 7\r\nCache-Control: max-age=9\r\n"
          + "Content-Length: 4\r\n\r\ngone";

  @Test
  void aPageSeesWhereItLeadsAndTheNewToken() throws IOException {
    RawAnswer answer = logIn(REDIRECT, "Kinto-Redirect: shown\r\n");
    assertEquals(200, answer.status(), answer.toString());
    assertEquals(Optional.of("303"), answer.header("kinto-redirect"));
    assertEquals(Optional.of("/m/home"), answer.header("location"));
    assertEquals(Optional.of("no-store"), answer.header("cache-control"));
    assertTrue(answer.header("kinto-token").isPresent());
    String exposed = String.join(", ", answer.all("access-control-expose-headers"));
    assertTrue(exposed.contains("Location") && exposed.contains("Kinto-Token"), exposed);
    assertEquals("gone", answer.text());
    assertEquals(List.of(), upstream.take().all("kinto-redirect"));
  }

  @Test
  void everybodyElseGetsTheRedirect() throws IOException {
    RawAnswer answer = logIn(REDIRECT, "");
    assertEquals(303, answer.status());
    assertEquals(Optional.empty(), answer.header("kinto-redirect"));
  }

  @Test
  void whatLeadsNowhereIsNoRedirect() throws IOException {
    for (String head : List.of("300 Multiple Choices", "304 Not Modified", "302 Found")) {
      RawAnswer answer =
          logIn("HTTP/1.1 " + head + "\r\nContent-Length: 0\r\n\r\n", "Kinto-Redirect: shown\r\n");
      assertEquals(head.substring(0, 3), String.valueOf(answer.status()));
    }
  }
}
