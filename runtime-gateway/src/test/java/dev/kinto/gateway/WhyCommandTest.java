package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.SecretHash;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code why}, as an operator runs it who was told a request id (contract C45). */
@Timeout(180)
class WhyCommandTest {
  private static final String SECRET = "the-secret-of-an-operator-0123456789abc";

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;
  @AutoClose private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .set("admin.secretHash", SecretHash.of(SECRET).toString())
            .service(
                TestManifest.of("auth").route("POST /login").writes("auth-userId").build(),
                upstream.uri())
            .service(
                TestManifest.of("articles").route("POST /articles").reads("auth-userId").build(),
                upstream.uri())
            .start();
  }

  private KintoProcess why(Map<String, String> variables, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "why";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return KintoProcess.start(folder, List.of(), List.of(), variables, all);
  }

  @Test
  void fromARequestIdToTheReason() throws Exception {
    RawAnswer refused;
    try (RawClient client = gateway.connect()) {
      refused =
          client.exchange(
              "POST /articles/articles HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n"
                  + "auth-userid: 1\r\nKinto-Authorization: Bearer "
                  + gateway.token()
                  + "\r\n\r\n");
    }
    assertEquals(403, refused.status());
    String session = gateway.recorded(refused).session().orElseThrow().toString();
    String id = refused.header("kinto-request-id").orElseThrow();
    String admin = gateway.admin().toString();
    try (KintoProcess why = why(Map.of("KINTO_ADMIN_SECRET", SECRET), id, "--admin", admin)) {
      assertEquals(
          "articles POST /articles, client demo-web, session "
              + session.substring(0, 8)
              + "…: `auth-userId` missing, provided by auth POST /login;"
              + " sent by the client and removed: `auth-userid`",
          why.readLine());
      assertEquals(0, why.exitCode());
    }
    Path file = Files.writeString(folder.resolve("secret.txt"), SECRET + "\n");
    try (KintoProcess why =
        why(Map.of(), "0".repeat(32), "--admin", admin, "--secret-file", file.toString())) {
      assertEquals(1, why.exitCode());
      assertTrue(why.err().contains("not among the last requests"), why.err());
    }
    try (KintoProcess why =
        why(Map.of("KINTO_ADMIN_SECRET", "wrong-" + SECRET), id, "--admin", admin)) {
      assertEquals(2, why.exitCode());
      assertTrue(why.err().contains("secret"), why.err());
    }
  }

  @Test
  void wrongUseIsSaid() throws Exception {
    try (KintoProcess why = why(Map.of(), "not-an-id")) {
      assertEquals(2, why.exitCode());
      assertTrue(why.err().contains("A request id has 32 hex digits. Found: \"not-an-id\""));
    }
    try (KintoProcess why = why(Map.of(), "0".repeat(32))) {
      assertEquals(2, why.exitCode());
      assertTrue(why.err().contains("set KINTO_ADMIN_SECRET, or give --secret-file"), why.err());
    }
    URI nobody = URI.create("http://127.0.0.1:1");
    try (KintoProcess why =
        why(Map.of("KINTO_ADMIN_SECRET", SECRET), "0".repeat(32), "--admin", nobody.toString())) {
      assertEquals(1, why.exitCode());
      assertTrue(why.err().contains("Nobody answers at http://127.0.0.1:1"), why.err());
    }
  }
}
