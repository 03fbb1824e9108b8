package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.config.SecretHash;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process reloads when it is told to and when files change (contract C42). */
@DisabledOnOs(OS.WINDOWS)
class ReloadProcessTest {
  private static final String SECRET = "the-secret-of-the-client";
  private static final String KEY = "0123456789-0123456789-0123456789-secret-key";

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;
  @AutoClose private KintoProcess process;
  private URI api;

  @BeforeEach
  void start() throws IOException {
    upstream = RawUpstream.start();
    manifest("GET /one");
    Files.writeString(folder.resolve("kinto.yaml"), configuration("web"));
    process = KintoProcess.serve(folder, folder.resolve("kinto.yaml"));
    api = process.address("api");
    process.address("public");
  }

  private void manifest(String route) throws IOException {
    replace("shop.json", TestManifest.of("shop").route(route).build().toJson());
  }

  /** Replaces a file as editors do: by another one of its name. */
  private void replace(String name, String text) throws IOException {
    Path next = Files.writeString(folder.resolve(name + ".next"), text);
    Files.move(next, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private String configuration(String client) {
    return """
    listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
    environments:
      demo:
        services:
          shop: { manifest: shop.json, upstreams: [ "%s" ] }
    tokens: { keys: [ { id: k, secret: %s } ] }
    clients:
      - { id: %s, environment: demo, secretHash: "%s" }
    """
        .formatted(upstream.uri(), KEY, client, SecretHash.of(SECRET));
  }

  private int issue(String client) throws IOException {
    String body = "{\"clientId\":\"" + client + "\",\"clientSecret\":\"" + SECRET + "\"}";
    try (RawClient http = RawClient.to(api)) {
      return http.exchange(
              "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .status();
    }
  }

  @Test
  void sighupReloadsAndSaysSo() throws Exception {
    assertEquals(401, issue("mobile"));
    Files.writeString(folder.resolve("kinto.yaml"), configuration("mobile"));
    process.signal("HUP");
    process.awaitErr("Configuration reloaded: clients: +mobile, -web");
    assertEquals(200, issue("mobile"));
    process.signal("HUP");
    process.awaitErr("Configuration reloaded: nothing is different");
    assertFalse(process.err().contains(SECRET) || process.err().contains(KEY), process.err());
    assertTrue(process.isAlive());
  }

  /** As {@code nohup} starts it: SIGHUP is ignored, and the JVM would leave it at that. */
  @Test
  void sighupReloadsAlsoUnderNohup() throws Exception {
    process.close();
    process =
        KintoProcess.start(
            folder,
            List.of("nohup"),
            List.of(),
            Map.of(),
            "serve",
            "--config",
            folder + "/kinto.yaml");
    process.address("api");
    process.signal("HUP");
    process.awaitErr("Configuration reloaded: nothing is different");
  }

  @Test
  void aReplacedFileIsTakenUp() throws Exception {
    replace("kinto.yaml", configuration("mobile"));
    process.awaitErr("clients: +mobile, -web");
    assertEquals(200, issue("mobile"));
    manifest("GET /other");
    process.awaitErr("services: demo/shop");
  }

  /**
   * As Kubernetes does it: the file is a link through a link, and the inner one is turned round.
   */
  @Test
  void aFileBehindATurnedLinkIsTakenUp() throws Exception {
    for (String version : new String[] {"v1", "v2"}) {
      Path data = Files.createDirectory(folder.resolve(version));
      Files.writeString(data.resolve("kinto.yaml"), configuration(version));
      Files.copy(folder.resolve("shop.json"), data.resolve("shop.json"));
    }
    link("data", "v1");
    link("kinto.yaml", "data/kinto.yaml");
    process.awaitErr("clients: +v1, -web");
    link("data", "v2");
    process.awaitErr("clients: -v1, +v2");
    assertEquals(200, issue("v2"));
  }

  private void link(String name, String target) throws IOException {
    Path next = folder.resolve(name + ".link");
    Files.createSymbolicLink(next, Path.of(target));
    Files.move(next, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aBrokenFileIsToldOnceAndTheOldStateStays() throws Exception {
    replace(
        "kinto.yaml",
        configuration("web").replace("environment: demo", "environment: deom") + "x: 1\n");
    String err = process.awaitErr("goes on as before");
    assertTrue(err.contains("kinto.yaml:8: clients[0].environment: "), err);
    assertTrue(err.contains("kinto.yaml:9: x: this key is not known"), err);
    assertTrue(err.contains("2 problem(s)"), err);
    assertEquals(200, issue("web"));

    replace("kinto.yaml", configuration("mobile"));
    process.awaitErr("clients: +mobile, -web");
    assertEquals(1, process.err().split("goes on as before", -1).length - 1, process.err());
  }

  @Test
  void aConfigurationThatIsGoneIsToldWithItsReason() throws Exception {
    Files.delete(folder.resolve("kinto.yaml"));
    process.signal("HUP");
    String err = process.awaitErr("goes on as before");
    assertTrue(err.contains(" ERROR " + folder + "/kinto.yaml: there is no such file.\n"), err);
    assertTrue(err.contains(" ERROR 1 problem(s); nothing was reloaded"), err);
    assertEquals(200, issue("web"));
  }

  /**
   * Such a file ends the thread that reads it with an error of the JVM's, unless that is caught.
   */
  @Test
  void aFileThatNoMemoryHoldsIsNotTheLastOneThatIsRead() throws Exception {
    Path huge = folder.resolve("huge");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 31);
    }
    Files.move(huge, folder.resolve("kinto.yaml"), StandardCopyOption.REPLACE_EXISTING);
    process.awaitErr("goes on as before");
    assertEquals(200, issue("web"));

    replace("kinto.yaml", configuration("mobile"));
    process.awaitErr("clients: +mobile, -web");
  }

  @Test
  void theNamesOfListenersAreLookedUpAtTheStartOnly() throws Exception {
    process.close();
    Path names = Files.writeString(folder.resolve("hosts"), "127.0.0.1 here.example\n");
    String named =
        configuration("web").replace("api: { port: 0 }", "api: { host: here.example, port: 0 }");
    replace("kinto.yaml", named);
    process =
        KintoProcess.start(
            folder,
            List.of(),
            List.of("-Djdk.net.hosts.file=" + names),
            Map.of(),
            "serve",
            "--config",
            folder + "/kinto.yaml");
    assertTrue(process.readLine().startsWith("api listening on http://here.example:"));
    assertTrue(process.readLine().startsWith("public listening"));
    Files.delete(names);

    replace("kinto.yaml", named.replace("id: web", "id: mobile"));
    process.awaitErr("clients: +mobile, -web");

    replace("kinto.yaml", named.replace("here.example", "there.example"));
    String err = process.awaitErr("goes on as before");
    assertTrue(
        err.contains("kinto.yaml:1: listeners.api.host: this cannot change while the gateway"),
        err);
    assertTrue(err.contains("1 problem(s)"), err);
  }

  /** Files that belong together may arrive one after the other, the configuration first. */
  @Test
  void aManifestThatArrivesLaterIsWaitedFor() throws Exception {
    replace("kinto.yaml", configuration("mobile").replace("shop.json", "later.json"));
    process.awaitErr("there is no such readable file");
    Files.copy(folder.resolve("shop.json"), folder.resolve("later.json"));
    process.awaitErr("clients: +mobile, -web");
  }

  /** The second one is from who cannot wait; the exit code says that nothing was drained. */
  @Test
  void aSecondSigtermEndsItAtOnce() throws Exception {
    String body = "{\"clientId\":\"web\",\"clientSecret\":\"" + SECRET + "\"}";
    try (RawClient client = RawClient.to(api)) {
      // A request that never ends: its body is announced and does not come.
      client.send(
          "POST /auth HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
              + "Expect: 100-continue\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n");
      assertEquals(100, client.read().status());
      process.signal("TERM");
      process.awaitErr("Draining");
      TimeUnit.MILLISECONDS.sleep(100);
      assertTrue(process.isAlive());
      process.signal("TERM");
      assertEquals(143, process.exitCode());
    }
  }
}
