package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.SecretHash;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a gateway writes whose operator has every logger say everything: lines of one form, and no
 * secret (contract C47).
 */
@DisabledOnOs(OS.WINDOWS)
class LogOfAllLevelsTest {
  private static final String CLIENT_SECRET = "the-secret-of-the-client";
  private static final String KEY = "random-0123456789-enough-for-a-key";
  private static final String KEY_IN_FILE = "random-9876543210-enough-for-a-key";
  private static final String VALUE = "granted-to-the-shop";
  private static final String VARIABLE = "nobodys-business-in-a-variable";
  private static final String PROPERTY = "nobodys-business-in-a-property";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";

  private static final Pattern LINE =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d"
              + " (ERROR|WARNING|INFO|DEBUG|TRACE) .*|\\t.*");

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;
  @AutoClose private KintoProcess process;
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private URI api;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.start();
    Files.writeString(
        folder.resolve("auth.json"),
        TestManifest.of("auth")
            .route("POST /login")
            .writes("auth-userId", "Number")
            .writes("auth-name")
            .rotatesToken()
            .route("GET /me")
            .mayRead("auth-name")
            .config("apiKey")
            .build()
            .toJson());
    Files.writeString(folder.resolve("key.txt"), KEY_IN_FILE + "\n");
    Files.writeString(folder.resolve("kinto.yaml"), configuration(""));
    Files.writeString(
        folder.resolve("logging.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level = ALL
        java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
        .level = ALL
        dev.kinto.level = ALL
        io.helidon.level = ALL
        """);
    process =
        KintoProcess.start(
            folder,
            List.of(),
            List.of("-Djava.util.logging.config.file=logging.properties", "-Dother=" + PROPERTY),
            Map.of("KINTO_KEY", KEY, "API_KEY", VALUE, "OTHER", VARIABLE),
            "serve",
            "--config",
            "kinto.yaml");
    api = process.address("api");
    process.address("public");
    process.address("admin");
    secrets.put("client secret", CLIENT_SECRET);
    secrets.put("token key of a variable", KEY);
    secrets.put("token key of a file", KEY_IN_FILE);
    secrets.put("configuration value", VALUE);
    secrets.put("environment variable", VARIABLE);
    secrets.put("system property", PROPERTY);
  }

  private String configuration(String more) {
    return """
    listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
    environments:
      demo:
        config: { apiKey: "${API_KEY}" }
        services:
          auth: { manifest: auth.json, config: apiKey, upstreams: [ "%s" ] }
    tokens: { keys: [ { id: k, secret: "${KINTO_KEY}" }, { id: f, secretFile: key.txt } ] }
    clients:
      - { id: web, environment: demo, secretHash: "%s" }
    accessLog: { file: access.log }
    tracing: { otlp: "http://127.0.0.1:1" }
    %s
    """
        .formatted(upstream.uri(), SecretHash.of(CLIENT_SECRET), more);
  }

  private RawAnswer exchange(String request, String token, String more) throws IOException {
    try (RawClient client = RawClient.to(api)) {
      return client.exchange(
          request
              + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nKinto-Authorization: Bearer "
              + token
              + "\r\n"
              + more
              + "\r\n");
    }
  }

  private int issue(String secret) throws IOException {
    String body = "{\"clientId\":\"web\",\"clientSecret\":\"" + secret + "\"}";
    try (RawClient client = RawClient.to(api)) {
      RawAnswer answer =
          client.exchange(
              "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
      if (answer.status() == 200) {
        secrets.put("token", answer.json().path("token").stringValue());
      }
      return answer.status();
    }
  }

  private int login(String said, String token) throws IOException {
    upstream.answers(said);
    RawAnswer answer = exchange("POST /auth/login", token, "");
    answer.header("Kinto-Token").ifPresent(next -> secrets.put("token after a login", next));
    return answer.status();
  }

  private void driveEverything() throws Exception {
    assertEquals(401, issue(guess("guessed-secret")));
    assertEquals(200, issue(CLIENT_SECRET));
    String token = secret("token");
    secrets.put("random part of a token", token.substring(4, 40));
    assertEquals(200, login(OK + "auth-name: " + guess("ada-lovelace") + "\r\n\r\n", token));
    token = secret("token after a login");
    upstream.answers(OK + "\r\n");
    assertEquals(200, exchange("GET /auth/me", token, "").status());
    RawAnswer rotated = exchange("PUT /auth", token, "");
    token = rotated.json().path("token").stringValue();
    secrets.put("token after a rotation", token);
    // Refusals, of the client's doing and of the microservice's.
    assertEquals(401, exchange("GET /auth/me", guess("k.forged-token"), "").status());
    assertEquals(404, exchange("GET /auth/nothing", token, "").status());
    assertEquals(400, exchange("GET /auth/me", token, "bad name: x\r\n").status());
    assertEquals(502, login(OK + "auth-userId: " + guess("not-a-number") + "\r\n\r\n", token));
    assertEquals(502, login(OK + "auth-name " + guess("without-colon") + "\r\n\r\n", token));
    assertEquals(502, login(OK + "auth-name: " + guess("on-two-lines") + "\r\n x\r\n\r\n", token));
    assertEquals(502, login("HTTP/1.1 x\r\nauth-name: ada-lovelace\r\n\r\n", token));
    assertEquals(200, login(OK + "auth-other: " + guess("undeclared-value") + "\r\n\r\n", token));
    token = secret("token after a login");
    upstream.answers((_, connection) -> connection.abort());
    assertEquals(502, exchange("GET /auth/me", token, "").status());
    // Reloads, a refused one too.
    Files.writeString(folder.resolve("kinto.yaml"), configuration("x: 1"));
    process.signal("HUP");
    process.awaitErr("nothing was reloaded");
    Files.writeString(folder.resolve("kinto.yaml"), configuration("drain: { }"));
    process.signal("HUP");
    process.awaitErr("Configuration reloaded");
    assertEquals(204, exchange("DELETE /auth", token, "").status());
    assertEquals(401, exchange("GET /auth/me", token, "").status());
    upstream.close();
    assertEquals(200, issue(CLIENT_SECRET));
    assertEquals(502, exchange("GET /auth/me", secret("token"), "").status());
    process.signal("TERM");
    assertEquals(0, process.exitCode());
  }

  /** Something that is sent and shall not be seen. */
  private String guess(String text) {
    secrets.put(text, text);
    return text;
  }

  private String secret(String what) {
    return Objects.requireNonNull(secrets.get(what), what);
  }

  @Test
  void noLevelOfAnyLoggerShowsASecret() throws Exception {
    driveEverything();
    String log = process.err();
    secrets.forEach(
        (what, secret) ->
            assertFalse(log.contains(secret), () -> "The log shows the " + what + ":\n" + log));
    String access = Files.readString(folder.resolve("access.log"));
    assertTrue(access.contains("\"code\":\"token-invalid\""), access);
    secrets.forEach(
        (what, secret) ->
            assertFalse(access.contains(secret), () -> "The access log shows the " + what));
    log.lines().forEach(line -> assertTrue(LINE.matcher(line).matches(), line));
    assertTrue(log.contains(" INFO api listening on " + api), log);
    assertTrue(log.contains(" ERROR kinto.yaml:12: x: this key is not known."), log);
    assertTrue(log.contains(" DEBUG Request "), "refusals of the client's doing are at DEBUG");
    assertTrue(
        log.contains(
            ": 502 upstream-unreachable, GET (route GET /me of demo/auth), upstream "
                + upstream.uri()),
        log);
  }
}
