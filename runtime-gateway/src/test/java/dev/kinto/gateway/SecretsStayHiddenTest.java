package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.http.HeaderLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, secrets and what sessions hold never reach a log (contract C23; style of values). */
class SecretsStayHiddenTest {

  @Test
  void theWholeLogOfARunShowsNoSecret(@TempDir Path folder) throws Exception {
    Map<String, String> secrets = new java.util.LinkedHashMap<>();
    String log;
    try (Recording recording = new Recording("dev.kinto");
        RawUpstream upstream = RawUpstream.start();
        TestGateway gateway =
            TestGateway.in(folder)
                .config("apiKey", "configured-value")
                .service(
                    TestManifest.of("auth")
                        .route("POST /login")
                        .writes("auth-userId", "Number")
                        .writes("auth-name")
                        .mayRead("auth-name")
                        .config("apiKey")
                        .build(),
                    upstream.uri())
                .grants("apiKey")
                .service(
                    TestManifest.of("gone").route("GET /x").build(),
                    URI.create("http://127.0.0.1:1"))
                .start()) {
      String token = gateway.token();
      secrets.put("token", token);
      secrets.put("the token's random part", token.substring(3, 30));
      secrets.put("client secret", TestGateway.SECRET);
      secrets.put("configuration value", "configured-value");
      secrets.put("token key", Files.readString(folder.resolve("data/token.key")));
      secrets.put("session value", "ada-lovelace");
      secrets.put("refused value", "not-a-number");
      secrets.put("undeclared value", "never-declared");
      secrets.put("wrong secret", "guessed-secret");
      secrets.put("forged token", "k1.forged-token");

      gateway.issue(TestGateway.CLIENT, "guessed-secret");
      gateway.issue("nobody", "guessed-secret");
      String ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
      upstream.answers(ok + "auth-name: ada-lovelace\r\n\r\n");
      assertEquals(200, login(gateway, token).status());
      assertEquals(200, login(gateway, token).status());
      upstream.answers(ok + "auth-userId: not-a-number\r\n\r\n");
      assertEquals(502, login(gateway, token).status());
      upstream.answers(ok + "auth-other: never-declared\r\n\r\n");
      assertEquals(200, login(gateway, token).status());
      upstream.answers("HTTP/1.1 nonsense\r\nauth-name: ada-lovelace\r\n\r\n");
      assertEquals(502, login(gateway, token).status());
      upstream.answers((_, connection) -> connection.abort());
      assertEquals(502, login(gateway, token).status());
      assertEquals(401, login(gateway, "k1.forged-token").status());
      try (RawClient client = gateway.connect()) {
        String line = "Kinto-Authorization: Bearer " + token + "\r\n";
        assertEquals(
            502, client.exchange("GET /gone/x HTTP/1.1\r\nHost: h\r\n" + line + "\r\n").status());
        assertEquals(
            204, client.exchange("DELETE /auth HTTP/1.1\r\nHost: h\r\n" + line + "\r\n").status());
        assertEquals(
            400,
            client
                .exchange("GET /x HTTP/1.1\r\nHost: h\r\n" + line + "bad name: x\r\n\r\n")
                .status());
      }
      log = recording.text();
    }
    assertTrue(log.contains("never-declared") || log.contains("auth-other"), "the log is recorded");
    secrets.forEach(
        (what, secret) -> assertFalse(log.contains(secret), "The log shows the " + what));
  }

  private static RawAnswer login(TestGateway gateway, String token) throws Exception {
    try (RawClient client = gateway.connect()) {
      return client.exchange(
          "POST /auth/login HTTP/1.1\r\n"
              + "Host: h\r\n"
              + "Content-Length: 0\r\n"
              + "Kinto-Authorization: Bearer "
              + token
              + "\r\n\r\n");
    }
  }

  /** Header values are tokens, session values, cookies: a record of one prints its name. */
  @Test
  void aHeaderLineDoesNotPrintItsValue() {
    HeaderLine line = HeaderLine.of("Kinto-Authorization", "Bearer k1.secret");
    assertTrue(line.toString().contains("Kinto-Authorization"), line.toString());
    assertFalse(line.toString().contains("secret"), line.toString());
  }

  @Test
  void credentialsDoNotPrintTheirSecret() {
    assertFalse(new ClientCredentials("web", "hunter2", false).toString().contains("hunter2"));
  }

  /** Everything that is logged below a name, at every level. */
  private static final class Recording extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Level before;
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    Recording(String name) {
      logger = Logger.getLogger(name);
      before = logger.getLevel();
      logger.setLevel(Level.ALL);
      setLevel(Level.ALL);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord logged) {
      records.add(logged);
    }

    /** As the operator would read it, causes included. */
    String text() {
      StringWriter text = new StringWriter();
      SimpleFormatter formatter = new SimpleFormatter();
      List<LogRecord> all = new ArrayList<>(records);
      try (PrintWriter out = new PrintWriter(text)) {
        for (LogRecord each : all) {
          out.println(formatter.format(each));
        }
      }
      return text.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setLevel(before);
    }
  }
}
