package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Pages of other origins in a real browser, whose own rules decide what they see (contract C43).
 */
class BrowserCorsTest {
  @AutoClose private static RawUpstream upstream;
  @AutoClose private static Browser ours;
  @AutoClose private static Browser foreign;
  @AutoClose private static TestGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    ours = Browser.start(folder.resolve("profile"));
    foreign = Browser.start(folder.resolve("foreign-profile"));
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .service(
                TestManifest.of("auth")
                    .route("POST /login")
                    .writes("auth-userId")
                    .rotatesToken()
                    .route("GET /me")
                    .reads("auth-userId")
                    .build(),
                upstream.uri())
            .clientKey("allowedOrigins", List.of(ours.origin()))
            .start();
  }

  @BeforeEach
  void forget() {
    upstream.reset();
  }

  /** What every page below begins with: an own small client. */
  private static String script(String body) {
    return """
    const api = '%s';
    const seen = async answer => ({
      status: answer.status,
      body: await answer.text(),
      requestId: answer.headers.get('kinto-request-id'),
      token: answer.headers.get('kinto-token'),
      secret: answer.headers.get('auth-userid'),
    });
    const obtain = () => fetch(api + '/auth', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ clientId: '%s', clientSecret: '%s' }),
    });
    const call = (method, path, token) => fetch(api + path, {
      method, headers: { 'Kinto-Authorization': 'Bearer ' + token } });
    %s
    """
        .formatted(gateway.api(), TestGateway.CLIENT, TestGateway.SECRET, body);
  }

  @Test
  void aListedPageLogsInReadsTheNewTokenAndUnderstandsErrors() throws Exception {
    upstream.answers(
        "HTTP/1.1 200 OK\r\n"
            + "auth-userId: 7\r\n"
            + "Content-Type: text/plain\r\n"
            + "Content-Length: 5\r\n\r\n"
            + "hello");
    JsonNode result =
        ours.run(
            script(
                """
                const issued = await obtain();
                const token = (await issued.json()).token;
                const early = await seen(await call('GET', '/auth/me', token));
                const login = await seen(await call('POST', '/auth/login', token));
                const me = await seen(await call('GET', '/auth/me', login.token));
                const unknown = await seen(await call('GET', '/auth/nothing', login.token));
                const without = await seen(await fetch(api + '/auth/me'));
                const ended = await call('DELETE', '/auth', login.token);
                return { issued: issued.status, early, login, me, unknown, without, ended: ended.status };
                """));
    assertEquals(200, result.path("issued").intValue(), result.toString());
    assertEquals(403, result.path("early").path("status").intValue(), result.toString());
    assertTrue(
        result.path("early").path("body").stringValue().contains("session-field-required"),
        result.toString());
    JsonNode login = result.path("login");
    assertEquals("hello", login.path("body").stringValue(), result.toString());
    assertEquals(32, login.path("requestId").stringValue().length(), result.toString());
    assertTrue(login.path("secret").isNull(), result.toString());
    assertEquals(200, result.path("me").path("status").intValue(), result.toString());
    assertEquals(404, result.path("unknown").path("status").intValue(), result.toString());
    assertTrue(
        result.path("without").path("body").stringValue().contains("token-missing"),
        result.toString());
    assertEquals(204, result.path("ended").intValue(), result.toString());
    assertEquals(2, upstream.received().size());
  }

  /** The browser refuses it in its preflight; even a simple request gets nothing to read. */
  @Test
  void aForeignPageIsRefusedByGatewayAndBrowser() throws Exception {
    String token = gateway.token();
    JsonNode result =
        foreign.run(
            script(
                """
                const outcome = promise => promise.then(a => 'read ' + a.status, e => e.name);
                return {
                  auth: await outcome(obtain()),
                  call: await outcome(call('GET', '/auth/me', '%s')),
                  simple: await outcome(fetch(api + '/auth/me')),
                };
                """
                    .formatted(token)));
    assertEquals("TypeError", result.path("auth").stringValue(), result.toString());
    assertEquals("TypeError", result.path("call").stringValue(), result.toString());
    assertEquals("TypeError", result.path("simple").stringValue(), result.toString());
    assertEquals(List.of(), upstream.received());
  }
}
