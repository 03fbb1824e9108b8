package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes no further although a client may have meant it, and what must go on (contract C30). */
class RemovedHeadersTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(
                      TestManifest.of("stripe").route("GET /hook").route("GET /other").build(),
                      upstream.uri())
                  .service(
                      TestManifest.of("greedy")
                          .route("GET /x")
                          .mayHaveConfig("X-CSRF-Token")
                          .mayHaveConfig("Content-Type")
                          .mayHaveConfig("If-Match")
                          .mayHaveConfig("apiKey")
                          .build(),
                      upstream.uri())
                  .grants("apiKey")
                  .service(
                      TestManifest.of("plain").route("GET /x").route("POST /x").build(),
                      upstream.uri())
                  .publicRoutes("all")
                  .config("apiKey", "the-key"));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeAll
  static void takeToken() throws IOException {
    token = gateway.token();
  }

  /** Frameworks take them for the method or the path, so a route would be what they say. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
        "X-Original-Method",
        "X-Original-URL",
        "X-Original-URI",
        "X-Rewrite-URL",
        "X-Rewrite-URI",
        "X-Script-Name",
        "Script-Name",
        "Path-Info",
      })
  void requestIsWhatItsMethodAndItsPathSay(String name) throws IOException {
    for (String spelling :
        List.of(
            name,
            name.toLowerCase(Locale.ROOT),
            name.toUpperCase(Locale.ROOT),
            name.replace('-', '_'),
            name.replace('-', '.'))) {
      String lines = spelling + ": DELETE\r\n" + spelling + ": /admin\r\n";
      assertEquals(List.of(), received("POST /plain/x", lines).folded(name), spelling);
      try (RawClient client = gateway.connectPublic()) {
        String line = "POST /" + TestGateway.CLIENT + "/plain/x HTTP/1.1\r\nHost: test\r\n";
        assertEquals(200, client.exchange(line + lines + "\r\n").status());
      }
      assertEquals(List.of(), upstream.take().folded(name), spelling);
    }
  }

  /** A value that the operator defined is nobody else's to say, wherever it goes. */
  @Test
  void operatorsValuesAreRemovedEverywhere() throws IOException {
    for (String target : List.of("GET /greedy/x", "GET /plain/x", "GET /stripe/hook")) {
      RawRequest request = received(target, "apiKey: forged\r\nAPI_KEY: x\r\nAPIKEY: forged\r\n");
      assertEquals(
          target.contains("greedy") ? List.of("apiKey: the-key") : List.of(),
          request.folded("apikey"));
    }
  }

  /** What one microservice wishes for takes nothing from requests to another. */
  @Test
  void aManifestsWishTakesHeadersFromItsOwnRoutesOnly() throws IOException {
    String lines = "X-CSRF-Token: t\r\nContent-Type: text/plain\r\nIf-Match: \"e\"\r\n";
    RawRequest plain = received("GET /plain/x", lines);
    assertEquals(List.of("t"), plain.all("x-csrf-token"));
    assertEquals(List.of("text/plain"), plain.all("content-type"));
    assertEquals(List.of("\"e\""), plain.all("if-match"));

    RawRequest greedy = received("GET /greedy/x", lines + "x_csrf_token: t\r\n");
    assertEquals(List.of(), greedy.folded("x-csrf-token"));
    assertEquals(List.of("text/plain"), greedy.all("content-type"), "HTTP's own");
    assertEquals(List.of("\"e\""), greedy.all("if-match"), "HTTP's own");
  }

  @Test
  void eachIsSaidOnceForItsRouteAndName() throws Exception {
    try (LogLines log = LogLines.open()) {
      for (int i = 0; i < 3; i++) {
        received("GET /stripe/hook", "stripe-signature: s3cret\r\n");
        received("GET /stripe/other", "Stripe-Signature: s3cret\r\n");
        received("GET /plain/x", "stripe-signature: s3cret\r\nX-HTTP-Method-Override: GET\r\n");
      }
      for (String line :
          List.of(
              "stripe-signature of a request for GET /stripe/hook ",
              "Stripe-Signature of a request for GET /stripe/other ",
              "stripe-signature of a request for GET /plain/x ",
              "X-HTTP-Method-Override of a request for GET /plain/x ")) {
        assertEquals(1, log.with(line).size(), line);
      }
      assertTrue(log.with("stripe-signature").getFirst().contains("(stripe)"));
      assertEquals(List.of(), log.with("s3cret"));
    }
  }

  /** Names are made up by clients: the first few are said, in full if they are short. */
  @Test
  void logDoesNotGrowWithWhatClientsMakeUp() throws Exception {
    try (LogLines log = LogLines.open()) {
      for (int i = 0; i < 50; i++) {
        received("GET /greedy/x", "stripe-made-up-" + i + ": 1\r\n");
      }
      received("GET /greedy/x", "greedy-" + "x".repeat(2_000) + ": 1\r\n");

      assertEquals(5, log.with("stripe-made-up-").size());
      assertEquals(1, log.with("greedy-xxx").size());
      assertTrue(log.with("greedy-xxx").getFirst().length() < 500);
    }
  }

  /** Nobody means to send what the gateway writes, or what concerns a connection only. */
  @Test
  void nothingIsSaidOfWhatIsTheGatewaysOwn() throws Exception {
    try (LogLines log = LogLines.open()) {
      received(
          "GET /plain/x",
          "Kinto-Client-Id: x\r\nX-Forwarded-For: x\r\nConnection: X-Hop\r\nX-Hop: 1\r\nTE: x\r\n");
      assertEquals(List.of(), log.with("was removed"));
    }
  }

  private static RawRequest received(String target, String lines) throws IOException {
    try (RawClient client = gateway.connect()) {
      RawAnswer answer =
          client.exchange(
              target
                  + " HTTP/1.1\r\nHost: test\r\nKinto-Authorization: Bearer "
                  + token
                  + "\r\n"
                  + lines
                  + "\r\n");
      assertEquals(200, answer.status(), answer.toString());
    }
    return upstream.take();
  }
}
