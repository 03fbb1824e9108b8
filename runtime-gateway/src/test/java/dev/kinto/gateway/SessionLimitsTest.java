package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each limit of sessions, as the operator set it, at its edge and one beyond (contract C29). */
class SessionLimitsTest {
  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) -> {
            TestManifest manifest = TestManifest.of("m").route("POST /set");
            for (String field : List.of("m-a", "m-b", "m-c", "m-d")) {
              manifest.writes(field);
            }
            manifest.route("GET /a").mayRead("m-a").route("GET /ab").mayRead("m-a").mayRead("m-b");
            config
                .set(
                    "session.limits",
                    Map.of(
                        "valueBytes", 20,
                        "answerBytes", 43,
                        "requestBytes", 40,
                        "sessionBytes", 60,
                        "fields", 3))
                .service(manifest.build(), upstream.uri());
          });

  private static final RawUpstream upstream = gateway.upstream();

  /** A call whose answer sets these fields. */
  private static RawAnswer set(String token, String... lines) throws IOException {
    upstream.answers(
        "HTTP/1.1 200 OK\r\n" + String.join("\r\n", lines) + "\r\nContent-Length: 0\r\n\r\n");
    RawAnswer answer = gateway.send("POST /m/set", token);
    upstream.reset();
    return answer;
  }

  private static void assertTooLarge(RawAnswer answer) {
    assertEquals(502, answer.status(), answer.toString());
    assertEquals("session-too-large", answer.code());
  }

  private static List<String> value(String token) throws IOException {
    assertEquals(200, gateway.get("/m/a", token).status());
    return upstream.take().all("m-a");
  }

  @Test
  void aValueMayHaveAsManyBytesAsIsSaid() throws IOException {
    String token = gateway.token();
    assertEquals(200, set(token, "m-a: " + "x".repeat(20)).status());
    assertTooLarge(set(token, "m-a: " + "y".repeat(21)));
    assertTooLarge(set(token, "m-a: " + "y".repeat(40_000)));
    assertEquals(List.of("x".repeat(20)), value(token));
  }

  /** Wire bytes count: what a reader sees as two characters takes six bytes here (C5). */
  @Test
  void bytesOnTheWireCountNotCharacters() throws IOException {
    String token = gateway.token();
    assertTooLarge(set(token, "m-a: " + "%C3%A9".repeat(4)));
    assertEquals(200, set(token, "m-a: " + "%C3%A9".repeat(3)).status());
  }

  @Test
  void anAnswerMaySetAsManyBytesAsIsSaid() throws IOException {
    String token = gateway.token();
    assertEquals(200, set(token, "m-a: " + "x".repeat(19), "m-b: " + "x".repeat(18)).status());
    assertTooLarge(set(token, "m-a: " + "y".repeat(19), "m-b: " + "y".repeat(19)));
    assertEquals(List.of("x".repeat(19)), value(token));
  }

  @Test
  void aSessionMayHoldAsManyBytesAsIsSaid() throws IOException {
    String token = gateway.token();
    assertEquals(200, set(token, "m-a: " + "x".repeat(17)).status());
    assertEquals(200, set(token, "m-b: " + "x".repeat(17)).status());
    assertEquals(200, set(token, "m-c: " + "x".repeat(17)).status());
    assertTooLarge(set(token, "m-a: " + "y".repeat(18)));
    assertEquals(List.of("x".repeat(17)), value(token));
  }

  @Test
  void aSessionMayHoldAsManyFieldsAsIsSaid() throws IOException {
    String token = gateway.token();
    assertEquals(200, set(token, "m-a: 1", "m-b: 2", "m-c: 3").status());
    assertTooLarge(set(token, "m-a: 4", "m-d: 4"));
    assertEquals(List.of("1"), value(token));
    assertEquals(200, set(token, "m-b:", "m-d: 4").status());
  }

  /** The microservice is not called: its server would refuse the headers, or worse. */
  @Test
  void aRequestIsSentAsManyBytesAsIsSaid() throws IOException {
    String token = gateway.token();
    assertEquals(200, set(token, "m-a: " + "x".repeat(17)).status());
    assertEquals(200, set(token, "m-b: " + "x".repeat(17)).status());
    assertEquals(200, gateway.get("/m/ab", token).status());
    assertEquals(200, set(token, "m-b: " + "x".repeat(18)).status());
    upstream.reset();
    assertTooLarge(gateway.get("/m/ab", token));
    assertEquals(List.of(), upstream.received());
    assertEquals(200, gateway.get("/m/a", token).status());
  }
}
