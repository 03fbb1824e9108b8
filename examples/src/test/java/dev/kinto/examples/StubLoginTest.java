package dev.kinto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kinto.client.KintoClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "A gateway with a login that is none" of docs/develop.md, but for the ports. */
final class StubLoginTest {
  private static final Path STUB = Path.of("stub-login.mjs").toAbsolutePath();
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void whoeverAsksIsLoggedIn() throws Exception {
    assumeTrue(hasNode(), "There is no node on the PATH.");
    importManifest();
    try (ServiceProcess login =
            ServiceProcess.start(folder, "auth listening on ", List.of("node", STUB.toString()));
        ServiceProcess articles = ServiceProcess.articles(folder);
        RunningGateway gateway =
            RunningGateway.start(folder, config(login.url(), articles.url()))) {
      KintoClient kinto = KintoClient.builder(gateway.api(), "dev", RunningGateway.SECRET).build();
      assertEquals("200 logged in\n", send(kinto, "POST", "auth/login", "7"));
      String echo = send(kinto, "GET", "articles/echo", "");
      while (echo.startsWith("503")) {
        // The gateway has not got the manifest of the articles yet.
        Thread.onSpinWait();
        echo = send(kinto, "GET", "articles/echo", "");
      }
      assertTrue(echo.startsWith("200 ") && echo.contains("\"auth-userId\":\"7\""), echo);
    }
  }

  private static boolean hasNode() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "node")));
  }

  private void importManifest() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                RunningGateway.command(
                    "import", "--service", "auth", "--out", "auth.json", STUB.toString()))
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
  }

  private static String config(String login, String articles) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "develop.md"));
    List<String> blocks =
        YAML.matcher(page).results().map((MatchResult block) -> block.group(1)).toList();
    assertEquals(1, blocks.size(), "configurations in docs/develop.md");
    return blocks
            .get(0)
            .replace("http://127.0.0.1:9001", login)
            .replace("http://127.0.0.1:9002", articles)
        + "listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }\n";
  }

  private static String send(KintoClient kinto, String method, String path, String body)
      throws IOException {
    RequestBody sent =
        method.equals("GET") ? null : RequestBody.create(body, MediaType.get("text/plain"));
    Request request = new Request.Builder().url(kinto.url(path)).method(method, sent).build();
    try (Response response = kinto.http().newCall(request).execute()) {
      return response.code() + " " + response.body().string();
    }
  }
}
