package dev.kinto.gateway;

import static dev.kinto.gateway.RequestText.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps one caller's answer out of a cache that serves others (contract C32). */
class SharedCacheRulesTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
                  .publicRoutes("all"));

  private static final RawUpstream upstream = gateway.upstream();
  private static String token;

  @BeforeAll
  static void takeToken() throws IOException {
    token = gateway.token();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "X-None: 1                                        | private",
        "Expires: Thu, 01 Jan 2099 00:00:00 GMT           | private",
        "Cache-Control:                                   | private",
        "Cache-Control: max-age=60                        | private, max-age=60",
        "cache-control: no-cache, must-revalidate         | private, no-cache, must-revalidate",
        "Cache-Control: max-age=60;Cache-Control: no-transform | private, max-age=60; no-transform",
        "Cache-Control: ext=\"public, s-maxage=1\"        | private, ext=\"public, s-maxage=1\"",
        "Cache-Control: ext=\"a\\\", public\"             | private, ext=\"a\\\", public\"",
        "Cache-Control: max-age=60, ext=\"                | private, max-age=60, ext=\"",
        "Cache-Control: publicly, private-ish             | private, publicly, private-ish",
        "Cache-Control: public                            | public",
        "Cache-Control: max-age=60, PUBLIC                | max-age=60, PUBLIC",
        "Cache-Control: s-maxage=60                       | s-maxage=60",
        "Cache-Control: S-MaxAge = \"60\"                 | S-MaxAge = \"60\"",
        "Cache-Control: no-store                          | no-store",
        "Cache-Control: private, max-age=60               | private, max-age=60",
        "Cache-Control: max-age=60;Cache-Control: public  | max-age=60; public",
      })
  void answerIsPrivateUnlessItsMicroserviceSaysWhoMayKeepIt(String lines, String forClients)
      throws IOException {
    String fields = lines.replace(";", "\r\n");
    for (String status : List.of("200 OK", "404 Not Found", "301 Moved")) {
      upstream.answers("HTTP/1.1 " + status + "\r\n" + fields + "\r\nContent-Length: 0\r\n\r\n");
      RawAnswer answer = api("GET /m/x", token);
      assertEquals(forClients, String.join("; ", answer.all("cache-control")), answer.toString());
      assertEquals(List.of("Kinto-Authorization"), answer.all("vary"));

      RawAnswer open = open("GET /" + TestGateway.CLIENT + "/m/x");
      assertEquals(
          Stream.of(lines.split(";")).filter(line -> line.matches("(?i)cache-control:.*")).toList(),
          open.lines().stream()
              .filter(line -> line.matches("(?i)cache-control:.*"))
              .map(String::strip)
              .toList(),
          "the public listener changes nothing");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Vary: Accept                          | Accept, Kinto-Authorization",
        "Vary: Accept, Origin;vary: Accept     | Accept, Origin, Kinto-Authorization",
        "Vary: kinto-authorization             | kinto-authorization",
        "Vary: *                               | *",
        "Vary: Accept, *                       | *",
        "Vary:                                 | Kinto-Authorization",
      })
  void varyOfAMicroserviceIsOneLineWithTheGateways(String lines, String vary) throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\n" + lines.replace(";", "\r\n") + "\r\nContent-Length: 0\r\n\r\n");
    assertEquals(List.of(vary), api("GET /m/x", token).all("vary"));
  }

  /** Whatever the gateway says itself, refusals before it knows who calls too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /m/x",
        "GET /m/nothing",
        "GET /nobody/x",
        "GET /m/../x",
        "GET /auth",
        "POST /auth",
        "PATCH /auth",
        "DELETE /auth",
        "TRACE /m/x"
      })
  void everyAnswerOnTheApiListenerSaysWhatItDependsOn(String request) throws IOException {
    assertEquals(List.of("Kinto-Authorization"), api(request, "no-token-of-ours").all("vary"));
    assertEquals(List.of("Kinto-Authorization"), api(request, gateway.token()).all("vary"));
  }

  @Test
  void publicListenerSaysNothingOfIt() throws IOException {
    upstream.answers("HTTP/1.1 200 OK\r\nVary: Accept\r\nContent-Length: 0\r\n\r\n");
    assertEquals(List.of("Accept"), open("GET /" + TestGateway.CLIENT + "/m/x").all("vary"));
    assertEquals(List.of(), open("GET /nobody/m/x").all("vary"));
  }

  private static RawAnswer api(String line, String with) throws IOException {
    return gateway.send(line, with);
  }

  private static RawAnswer open(String line) throws IOException {
    return gateway.sendPublic(line);
  }
}
